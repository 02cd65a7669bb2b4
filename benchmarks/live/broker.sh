#!/usr/bin/env bash
# One Kafka broker (KRaft, no Docker) out of Maven Central, for tests and benchmarks.
#
#   broker.sh start DIR [scram]   install, format and start; prints host:port
#   broker.sh stop DIR            stop it in order
#   broker.sh kill DIR            SIGKILL
#
# DIR holds everything: jars, data, logs, certificates. With "scram" the broker speaks SASL_SSL with
# SCRAM-SHA-512, user "dusach", password "invented-pw", certificate DIR/ca.pem. Needs a JDK 17 and Maven.
set -euo pipefail
version=4.3.1
verb=${1:?start, stop or kill}
dir=$(realpath -m "${2:?the folder of the broker}")
auth=${3:-plain}
libs=${KAFKA_LIBS:-$dir/libs}

java=(java -Xms128m -Xmx512m -Djava.awt.headless=true "-Dkafka.logs.dir=$dir/logs"
  -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.log.kafka.server=info -cp "$libs/*")

install() {
  [ -e "$libs/complete" ] && return
  mkdir -p "$dir"
  cat > "$dir/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>none</groupId><artifactId>broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>$version</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
XML
  mvn -q -B -f "$dir/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$libs" >&2
  touch "$libs/complete"
}

# Ports below those that the system gives to outgoing connections: a client that tries again while the broker is
# away could otherwise be given the broker's own port, and even connect to itself.
free_ports() { python3 -c 'import random, socket
found = []
while len(found) < 3:
    port = random.randrange(20000, 30000)
    try:
        s = socket.socket(); s.bind(("127.0.0.1", port)); found.append((port, s))
    except OSError:
        pass
print(*[p for p, _ in found])'; }

configure() {
  local client controller inner protocol=PLAINTEXT users=()
  read -r client controller inner < <(free_ports)
  [ "$auth" = scram ] && protocol=SASL_SSL
  mkdir -p "$dir/data" "$dir/logs"
  cat > "$dir/server.properties" <<CONF
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$controller
listeners=CLIENT://127.0.0.1:$client,CONTROLLER://127.0.0.1:$controller,INNER://127.0.0.1:$inner
advertised.listeners=CLIENT://127.0.0.1:$client,INNER://127.0.0.1:$inner
listener.security.protocol.map=CLIENT:$protocol,CONTROLLER:PLAINTEXT,INNER:PLAINTEXT
inter.broker.listener.name=INNER
controller.listener.names=CONTROLLER
log.dirs=$dir/data
auto.create.topics.enable=false
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
log.cleaner.dedupe.buffer.size=16777216
CONF
  if [ "$auth" = scram ]; then
    keytool -genkeypair -alias broker -keyalg RSA -keysize 2048 -validity 2 -dname CN=localhost -ext SAN=dns:localhost,ip:127.0.0.1 \
      -storetype PKCS12 -keystore "$dir/broker.p12" -storepass invented 2>/dev/null
    keytool -exportcert -rfc -alias broker -keystore "$dir/broker.p12" -storepass invented -file "$dir/ca.pem" 2>/dev/null
    cat >> "$dir/server.properties" <<CONF
listener.name.client.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.client.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.client.ssl.keystore.location=$dir/broker.p12
listener.name.client.ssl.keystore.password=invented
listener.name.client.ssl.keystore.type=PKCS12
CONF
    users=(--add-scram 'SCRAM-SHA-512=[name=dusach,password=invented-pw]')
  fi
  "${java[@]}" kafka.tools.StorageTool format -t "$("${java[@]}" kafka.tools.StorageTool random-uuid | tail -1)" \
    -c "$dir/server.properties" "${users[@]}" > "$dir/format.log" 2>&1
  echo "127.0.0.1:$client" > "$dir/address"
}

start() {
  install
  [ -e "$dir/address" ] || configure
  : > "$dir/broker.log"
  # A plain command, so that $! is the JVM and not a shell around it, which could be killed while the JVM lives on.
  "${java[@]}" kafka.Kafka "$dir/server.properties" >> "$dir/broker.log" 2>&1 < /dev/null &
  echo $! > "$dir/pid"
  for _ in $(seq 600); do
    kill -0 "$(cat "$dir/pid")" 2>/dev/null || { echo "the broker died:" >&2; tail -20 "$dir/broker.log" >&2; exit 1; }
    grep -q "Kafka Server started" "$dir/broker.log" && { cat "$dir/address"; return; }
    sleep 0.1
  done
  echo "the broker did not start in a minute: see $dir/broker.log" >&2
  exit 1
}

end() {
  local pid; pid=$(cat "$dir/pid" 2>/dev/null) || return 0
  kill "-$1" "$pid" 2>/dev/null || true
  for _ in $(seq 300); do kill -0 "$pid" 2>/dev/null || { rm -f "$dir/pid"; return 0; }; sleep 0.1; done
  kill -KILL "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
  rm -f "$dir/pid"
}

case $verb in
  start) start ;;
  stop) end TERM ;;
  kill) end KILL ;;
  *) echo "unknown: $verb" >&2; exit 2 ;;
esac
