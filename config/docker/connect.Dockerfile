FROM apache/kafka:4.3.1
COPY connect-source/target/plugin/ /opt/plugins/source/
COPY connect-sink/target/plugin/ /opt/plugins/sink/
COPY quickstart-app/target/monitoring/ /opt/monitoring/
COPY config/monitoring/jmx-connect.yml /opt/monitoring/jmx-connect.yml
COPY config/docker/connect-begin.sh /opt/connect-begin.sh
COPY config/docker/airports-sink.json /opt/airports-sink.json
COPY config/docker/airports-source.json /opt/airports-source.json
COPY config/connect/worker.properties /opt/worker.properties
USER root
RUN sed -i -e 's#^bootstrap.servers=.*#bootstrap.servers=kafka:9093#' \
      -e 's#^listeners=.*#listeners=http://0.0.0.0:8083#' \
      -e 's#^plugin.path=.*#plugin.path=/opt/plugins/source,/opt/plugins/sink#' /opt/worker.properties
USER appuser
ENV KAFKA_OPTS=-javaagent:/opt/monitoring/jmx_prometheus_javaagent.jar=9404:/opt/monitoring/jmx-connect.yml
EXPOSE 8083 9404
ENTRYPOINT ["/opt/kafka/bin/connect-distributed.sh", "/opt/worker.properties"]
