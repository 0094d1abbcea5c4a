FROM eclipse-temurin:17.0.17_10-jre
RUN useradd --create-home defradb
COPY defradb-node/target/defradb/ /opt/defradb/
COPY config/docker/begin.sh /opt/begin.sh
COPY config/airports.graphql /opt/airports.graphql
ENV PATH=/opt/defradb/bin:$PATH
USER defradb
WORKDIR /home/defradb
RUN mkdir -p /home/defradb/.defradb
EXPOSE 9181 9171
ENTRYPOINT ["defradb"]
CMD ["start", "--url", "0.0.0.0:9181", "--p2paddr", "/ip4/0.0.0.0/tcp/9171"]
