FROM eclipse-temurin:17-jre
RUN useradd --create-home defradb
COPY defradb-node/target/defradb/ /opt/defradb/
ENV PATH=/opt/defradb/bin:$PATH
USER defradb
WORKDIR /home/defradb
RUN mkdir -p /home/defradb/.defradb
EXPOSE 9181
ENTRYPOINT ["defradb"]
CMD ["start", "--no-p2p", "--url", "0.0.0.0:9181"]
