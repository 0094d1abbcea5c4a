FROM apache/kafka:4.3.1
COPY connect-source/target/plugin/ /opt/plugins/source/
COPY connect-sink/target/plugin/ /opt/plugins/sink/
COPY config/connect/worker.properties /opt/worker.properties
USER root
RUN sed -i -e 's#^bootstrap.servers=.*#bootstrap.servers=kafka:9092#' \
      -e 's#^listeners=.*#listeners=http://0.0.0.0:8083#' \
      -e 's#^plugin.path=.*#plugin.path=/opt/plugins/source,/opt/plugins/sink#' /opt/worker.properties
USER appuser
EXPOSE 8083
ENTRYPOINT ["/opt/kafka/bin/connect-distributed.sh", "/opt/worker.properties"]
