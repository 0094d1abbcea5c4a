#!/bin/sh
# Creates the connectors whose files are given, unless the worker has them. CONNECT: the worker's address.
set -eu
for file in "$@"; do
  name=$(sed -n 's/^ *"name": "\(.*\)",$/\1/p' "$file" | head -n 1)
  wget -q -O - "$CONNECT/connectors/$name" > /dev/null 2>&1 ||
    wget -q -O - --header "Content-Type: application/json" --post-data "$(cat "$file")" "$CONNECT/connectors"
done
echo "The connectors are there."
