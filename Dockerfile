# One image for every process of Glassmap; the command says which.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -DskipTests package

# A JDK, because it surely has jdk.incubator.vector, which the potentials' fast kernel needs.
FROM eclipse-temurin:25-jdk
RUN useradd --uid 10001 --no-create-home glassmap && install -d -o glassmap /var/lib/glassmap
COPY --from=build /src/standalone/target/lib /opt/glassmap/lib
COPY --from=build /src/standalone/target/standalone-0.1.0.jar /opt/glassmap/lib/
USER 10001
WORKDIR /var/lib/glassmap
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-Djava.awt.headless=true", \
    "--add-modules=jdk.incubator.vector", "-cp", "/opt/glassmap/lib/*"]
