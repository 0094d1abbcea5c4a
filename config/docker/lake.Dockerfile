FROM eclipse-temurin:17.0.17_10-jre
RUN useradd --create-home lake && mkdir /lake && chown lake:lake /lake
COPY streams-examples/lake/target/lake-example.jar /opt/lake/lake-example.jar
COPY streams-examples/lake/target/lib/ /opt/lake/lib/
USER lake
ENTRYPOINT ["java", "-Xmx256m", "-cp", "/opt/lake/lake-example.jar:/opt/lake/lib/*", "io.defradb.lake.LakeCommand"]
CMD ["write", "--brokers", "kafka:9093", "--dir", "/lake"]
