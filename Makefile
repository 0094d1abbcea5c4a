# Thin: Maven builds, this only gives a newcomer the words of the guide.
PREFIX ?= $(HOME)/.local
path ?= .

.PHONY: build test install uninstall tls-certs clean

build:
	mvn -q -B -DskipTests -Dquick -pl defradb-node -am package

test:
	mvn -B verify

install: build
	@mkdir -p "$(PREFIX)/bin" "$(PREFIX)/lib"
	@rm -rf "$(PREFIX)/lib/defradb"
	@cp -R defradb-node/target/defradb "$(PREFIX)/lib/defradb"
	@ln -sf "$(PREFIX)/lib/defradb/bin/defradb" "$(PREFIX)/bin/defradb"
	@"$(PREFIX)/bin/defradb" --prepare
	@echo "installed $(PREFIX)/bin/defradb"
	@case ":$$PATH:" in *":$(PREFIX)/bin:"*) ;; *) echo "add it to PATH:  export PATH=\"$(PREFIX)/bin:\$$PATH\"" ;; esac

uninstall:
	rm -rf "$(PREFIX)/lib/defradb" "$(PREFIX)/bin/defradb"

# make tls-certs path="~/.defradb/certs": a key and a certificate of its own, for localhost.
tls-certs:
	@dir='$(path)'; case "$$dir" in "~"*) dir="$$HOME$${dir#\~}" ;; esac; \
	mkdir -p "$$dir" && \
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 \
	  -subj "/CN=localhost" -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" \
	  -keyout "$$dir/server.key" -out "$$dir/server.crt" 2>/dev/null && \
	chmod 600 "$$dir/server.key" && echo "wrote $$dir/server.key and $$dir/server.crt"

clean:
	mvn -q -B clean
