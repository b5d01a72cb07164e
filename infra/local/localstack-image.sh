#!/usr/bin/env bash
# Builds the Docker image localstack/localstack:4.14.0 on a machine that can reach the
# package registries (apt, PyPI, Maven) but no container registry.
#
#   usage: localstack-image.sh [--force] [--without-lambda] [work-dir]
#
# Everything inside is the published LocalStack community release 4.14.0 from PyPI, with the
# exact dependency versions of its own lock file (it travels in the source archive), laid out
# as LocalStack's own Dockerfile does. Left out: Node and the extra services' downloads
# (OpenSearch, Kinesis mock, ...), which come from places out of reach.
#
# It is made in two steps, each repeated only when what goes into it has changed:
#   1. localstack/localstack:4.14.0-base  LocalStack itself (minutes)
#   2. localstack/localstack:4.14.0       the base plus what makes Lambda functions run (seconds):
#      a stand-in for LocalStack's Lambda init and a patch, both from localstack-lambda/ beside
#      this script. Needs Go. Without Go, or with --without-lambda, the two images are the same
#      and functions cannot be created.
# Functions also need the base image that java-image.sh builds.
#
# Needs: root, apt, mvn with any JDK. Safe to run again and again.
set -euo pipefail

IMAGE=localstack/localstack:4.14.0
BASE_IMAGE=$IMAGE-base
FUNCTION_IMAGE=public.ecr.aws/lambda/java:25-x86_64   # built by java-image.sh
HELPER_IMAGE=alpine:3.17          # the name Testcontainers 2.0.5 asks for
LOCALSTACK_VERSION=4.14.0
SDIST_SHA256=b5ddbdce47a6de6bf674aa126af7113c561cc28fe3ba57cace14366a63ac7262
SUITE=trixie                      # Debian 13: Python 3.13 and Java 21, as the official image has
DYNAMODB_LOCAL_VERSION=3.1.0      # newest whose dependencies all resolve from Maven Central
BYTE_BUDDY_AGENT_VERSION=1.17.5   # a harmless Java agent, stands in for LocalStack's own (20+ indexes patch)
INIT_VERSION=v0.1.41-pre          # the Lambda init LocalStack 4.14.0 looks for

say() { printf '%s  %s\n' "$(date +%T)" "$*"; }
if [ "$(id -u)" != 0 ]; then echo "localstack-image: run me as root; mend it: sudo infra/local/localstack-image.sh" >&2; exit 1; fi
export DEBIAN_FRONTEND=noninteractive

FORCE=no LAMBDA=yes WORK=
for a in "$@"; do
  case $a in
    --force) FORCE=yes ;;
    --without-lambda) LAMBDA=no ;;
    -*) echo "unknown option $a" >&2; exit 2 ;;
    *) WORK=$a ;;
  esac
done
PIECES=$(cd "$(dirname "$0")" && pwd)/localstack-lambda

# --- one run at a time: the rest waits here, then finds the work done --------------------------
exec 9>"${TMPDIR:-/tmp}/localstack-image.lock"
flock 9

apt_install() { apt-get install -y -q "$@" >&2 || { apt-get update -q >&2; apt-get install -y -q "$@" >&2; }; }

# --- Docker ------------------------------------------------------------------------------------
here=$(cd "$(dirname "$0")" && pwd)
"$here/docker.sh" 9>&-

# --- the little helper image Testcontainers runs to look around (only a busybox shell) ---------
if ! docker image inspect "$HELPER_IMAGE" >/dev/null 2>&1; then
  say "building $HELPER_IMAGE from busybox"
  command -v busybox >/dev/null || apt_install busybox-static
  TINY=$(mktemp -d); mkdir "$TINY/bin" "$TINY/tmp" "$TINY/etc"
  cp "$(command -v busybox)" "$TINY/bin/busybox"
  for applet in $(busybox --list); do [ "$applet" = busybox ] || ln -sf busybox "$TINY/bin/$applet"; done
  tar -C "$TINY" -c . | docker import --change 'ENV PATH=/bin' --change 'CMD ["/bin/sh"]' - "$HELPER_IMAGE" >/dev/null
  rm -rf "$TINY"
fi

# --- a place to work in, removed at the end when we made it ourselves --------------------------
if [ -n "$WORK" ]; then mkdir -p "$WORK"; WORK=$(cd "$WORK" && pwd)
else WORK=$(mktemp -d); trap 'rm -rf "$WORK"' EXIT; fi

label() { docker image inspect -f "{{ index .Config.Labels \"$2\" }}" "$1" 2>/dev/null || true; }
digest() { sha256sum | cut -c1-16; }

# =================================================================================================
# Step 1: LocalStack
# =================================================================================================
build_base() {
command -v mmdebstrap >/dev/null || { say "installing mmdebstrap"; apt_install mmdebstrap; }

# --- DynamoDB Local, from Maven, in the shape LocalStack looks for -----------------------------
say "fetching DynamoDB Local $DYNAMODB_LOCAL_VERSION"
DDB=$WORK/dynamodb; rm -rf "$DDB"; mkdir -p "$DDB/out/DynamoDBLocal_lib"
cat >"$DDB/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>dynamodb-local-jars</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
<dependency><groupId>software.amazon.dynamodb</groupId><artifactId>DynamoDBLocal</artifactId><version>$DYNAMODB_LOCAL_VERSION</version></dependency>
<dependency><groupId>net.bytebuddy</groupId><artifactId>byte-buddy-agent</artifactId><version>$BYTE_BUDDY_AGENT_VERSION</version></dependency>
</dependencies></project>
POM
mvn -q -B -f "$DDB/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$DDB/lib" >"$DDB/mvn.log" 2>&1 ||
  { tail -30 "$DDB/mvn.log" >&2; exit 1; }
cp "$DDB"/lib/*.jar "$DDB"/lib/libsqlite4java-linux-*.so "$DDB/out/DynamoDBLocal_lib/"
rm -f "$DDB"/out/DynamoDBLocal_lib/{mockito-core,hamcrest-core,byte-buddy-agent}-*.jar
# LocalStack starts "java -javaagent:ddb-local-loader-0.1.jar -jar DynamoDBLocal.jar": the agent
# file must exist, and the main jar must name its libraries; ours is only such a list of names.
cp "$DDB/lib/byte-buddy-agent-$BYTE_BUDDY_AGENT_VERSION.jar" "$DDB/out/ddb-local-loader-0.1.jar"
cat >"$DDB/pack.py" <<'PY'
import pathlib, sys, zipfile
out = pathlib.Path(sys.argv[1])
line = "Class-Path: . " + " ".join(sorted("DynamoDBLocal_lib/" + p.name for p in (out / "DynamoDBLocal_lib").glob("*.jar")))
lines = [line[:70]] + [" " + line[i:i + 69] for i in range(70, len(line), 69)]   # a manifest line holds 72 bytes
manifest = ["Manifest-Version: 1.0", "Main-Class: software.amazon.dynamodb.services.local.main.ServerRunner", *lines, "", ""]
log = ('<Configuration status="WARN"><Appenders><Console name="C"><PatternLayout pattern="%d{HH:mm:ss.SSS} [%t] %-5level '
       '%logger{36} - %msg%n"/></Console></Appenders><Loggers><Root level="WARN"><AppenderRef ref="C"/></Root></Loggers></Configuration>')
with zipfile.ZipFile(out / "DynamoDBLocal.jar", "w") as jar:
    jar.writestr("META-INF/MANIFEST.MF", "\r\n".join(manifest))
    jar.writestr("log4j2.xml", log)
PY

# --- what is done inside the new root filesystem -----------------------------------------------
INSIDE=$WORK/inside.sh
cat >"$INSIDE" <<'INSIDE'
set -euo pipefail
# trust the certificates the machine itself trusts, whatever its settings call the file
for v in PIP_CERT SSL_CERT_FILE REQUESTS_CA_BUNDLE CURL_CA_BUNDLE; do export "$v=/build/ca.crt"; done
unset SSL_CERT_DIR PIP_FIND_LINKS
export HOME=/root PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
mkdir -p /opt/code/localstack /var/lib/localstack /tmp/localstack /usr/lib/localstack/java /usr/lib/localstack/dynamodb-local
cd /opt/code/localstack
python3 -m venv .venv && . .venv/bin/activate
# LocalStack's source archive carries the lock file and the container's start script
pip download -q --no-deps --no-binary localstack-core --dest /build "localstack-core==$LOCALSTACK_VERSION"
echo "$SDIST_SHA256  /build/localstack_core-$LOCALSTACK_VERSION.tar.gz" | sha256sum -c --quiet
mkdir /build/src && tar xzf "/build/localstack_core-$LOCALSTACK_VERSION.tar.gz" -C /build/src --strip-components=1
cp /build/src/requirements-runtime.txt .
pip install -q -r requirements-runtime.txt
pip install -q --no-deps "localstack-core==$LOCALSTACK_VERSION"
pip check
install -m 755 /build/src/bin/docker-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
# DynamoDB Local and the Java it runs on, where LocalStack expects its own downloads
python3 /build/dynamodb/pack.py /build/dynamodb/out
cp -r /build/dynamodb/out /usr/lib/localstack/dynamodb-local/2
ln -s "$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")" /usr/lib/localstack/java/21
# the official image's marks, and its cache of AWS service descriptions
touch /usr/lib/localstack/.community-version /tmp/localstack/.marker
python3 -m localstack.aws.spec
# smaller: documentation and example files nobody reads here
rm -rf .venv/lib/python3*/site-packages/awscli/examples .venv/lib/python3*/site-packages/{sympy,networkx}/*/tests
chmod -R a+rwX /var/lib/localstack /usr/lib/localstack /tmp/localstack
INSIDE

# --- build the root filesystem: Debian, Python, Java, LocalStack -------------------------------
# from the Debian mirror and through the proxy (if any) this machine's own apt uses
MIRROR=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v -- -security | head -n1)
APTCONF=$WORK/apt.conf
{ apt-config dump | grep -E '^Acquire::(http|https)::(Proxy|CaInfo)' || true; echo 'APT::Install-Recommends "false";'; } >"$APTCONF"
CA=${PIP_CERT:-${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}}
export LOCALSTACK_VERSION SDIST_SHA256 DDB INSIDE CA
say "building the root filesystem ($SUITE)"
mmdebstrap --quiet --variant=minbase --aptopt="$APTCONF" \
  --include=ca-certificates,python3,python3-venv,openjdk-21-jre-headless,procps,curl,unzip \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*.gz' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --customize-hook='mkdir "$1/build" && cp -r "$DDB" "$1/build/dynamodb" && cp "$INSIDE" "$1/build/inside.sh" && cp "$CA" "$1/build/ca.crt" && { [ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$1/etc/pip.conf"; }' \
  --customize-hook='chroot "$1" bash /build/inside.sh' \
  --customize-hook='rm -rf "$1/build" "$1/etc/pip.conf" "$1/root/.cache"' \
  "$SUITE" "$WORK/rootfs.tar" ${MIRROR:+"$MIRROR"} >"$WORK/rootfs.log" 2>&1 ||
  { tail -40 "$WORK/rootfs.log" >&2; exit 1; }

# --- hand it to Docker -------------------------------------------------------------------------
# The two PROVIDER settings: DynamoDB Local keeps the tables' streams itself. The default would
# pass them through a Kinesis stand-in that needs Node and a download at run time.
# The two others: no start-up downloads or reports to places out of reach.
say "importing $(du -h "$WORK/rootfs.tar" | cut -f1) into Docker"
docker import \
  --change 'ENTRYPOINT ["docker-entrypoint.sh"]' --change 'WORKDIR /opt/code/localstack' \
  --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 USER=localstack PYTHONUNBUFFERED=1' \
  --change 'ENV SKIP_SSL_CERT_DOWNLOAD=1 DISABLE_EVENTS=1 PROVIDER_OVERRIDE_DYNAMODB=v2 PROVIDER_OVERRIDE_DYNAMODBSTREAMS=v2' \
  --change "ENV LOCALSTACK_BUILD_VERSION=$LOCALSTACK_VERSION" \
  --change 'EXPOSE 4566 4510-4559 5678' --change 'VOLUME /var/lib/localstack' \
  --change "LABEL built-by=localstack-image.sh base.fingerprint=$1" \
  "$WORK/rootfs.tar" "$BASE_IMAGE" >/dev/null
rm -rf "$WORK/rootfs.tar" "$DDB" "$INSIDE" "$APTCONF"
}

id_of() { docker image inspect -f '{{ .Id }}' "$1" 2>/dev/null || true; }
OLD="$(id_of "$IMAGE") $(id_of "$BASE_IMAGE")"
BASE_PRINT=$({ declare -f build_base; echo "$LOCALSTACK_VERSION $SDIST_SHA256 $SUITE $DYNAMODB_LOCAL_VERSION $BYTE_BUDDY_AGENT_VERSION"; } | digest)
if [ "$FORCE" = yes ] || [ "$(label "$BASE_IMAGE" base.fingerprint)" != "$BASE_PRINT" ]; then
  build_base "$BASE_PRINT"
else
  say "$BASE_IMAGE is up to date"
fi

# =================================================================================================
# Step 2: Lambda
# =================================================================================================
GO=$(command -v go || true); [ -n "$GO" ] || [ ! -x /usr/local/go/bin/go ] || GO=/usr/local/go/bin/go
if [ "$LAMBDA" = yes ] && [ -z "$GO" ]; then
  say "no Go on this machine: leaving Lambda out (apt-get install golang-go, then run me again)"; LAMBDA=no
fi

# The settings below can all be overridden when a container is started.
#   LAMBDA_RUNTIME_IMAGE_MAPPING        functions run on the local stand-in of the Java 25 image
#   LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT  a JVM on a busy machine may need longer to start than 20 s
# LocalStack unpacks the function's code into the container with "docker cp"; nothing is mounted.
build_lambda() {
say "building the Lambda init and adding it to $IMAGE"
local d=$WORK/lambda code
rm -rf "$d"; mkdir -p "$d/init"
cp "$PIECES"/go.mod "$PIECES"/main.go "$d/init/"
( cd "$d/init" && CGO_ENABLED=0 GOOS=linux GOFLAGS=-mod=mod GOTOOLCHAIN=local "$GO" build -trimpath -ldflags='-s -w' -o ../init.bin . )
# take the file to patch out of the base, patch it, put it back
code=$(docker run --rm --entrypoint /bin/sh "$BASE_IMAGE" -c 'ls -d /opt/code/localstack/.venv/lib/python3*/site-packages')
local file=localstack/services/lambda_/invocation/docker_runtime_executor.py
mkdir -p "$d/code/$(dirname "$file")"
docker run --rm --entrypoint cat "$BASE_IMAGE" "$code/$file" >"$d/code/$file"
command -v patch >/dev/null || apt_install patch
patch --quiet -d "$d/code" -p1 <"$PIECES/use-local-image.patch"
# As in Lambda, a function gets the memory its configuration says. LocalStack sets no limit, and a
# JVM would size its heap by the whole machine.
sed -i 's/^\( *\)additional_flags=config.LAMBDA_DOCKER_FLAGS,$/&\n\1mem_limit=f"{self.function_version.config.memory_size}m",/' "$d/code/$file"
grep -q 'mem_limit=f' "$d/code/$file" || { echo "$file is not as expected: no memory limit set" >&2; exit 1; }
cat >"$d/Dockerfile" <<DOCKERFILE
FROM $BASE_IMAGE
COPY init.bin /usr/lib/localstack/lambda-runtime/$INIT_VERSION/x86_64/var/rapid/init
COPY code/$file $code/$file
ENV LAMBDA_RUNTIME_IMAGE_MAPPING='{"java25":"$FUNCTION_IMAGE"}' LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT=60
LABEL image.fingerprint=$1
DOCKERFILE
printf '*\n!init.bin\n!code\n' >"$d/.dockerignore"
chmod -R a+rX "$d"; chmod 755 "$d/init.bin"
DOCKER_BUILDKIT=0 docker build -q -t "$IMAGE" "$d" >"$WORK/build.log" 2>&1 || { tail -20 "$WORK/build.log" >&2; exit 1; }
rm -rf "$d"
}

if [ "$LAMBDA" = yes ]; then
  PRINT=$({ declare -f build_lambda; echo "$BASE_PRINT $FUNCTION_IMAGE $INIT_VERSION"; id_of "$BASE_IMAGE"
            cat "$PIECES"/main.go "$PIECES"/go.mod "$PIECES"/use-local-image.patch; } | digest)
  if [ "$(label "$IMAGE" image.fingerprint)" = "$PRINT" ]; then say "$IMAGE is up to date"; exit 0; fi
  build_lambda "$PRINT"
  docker image inspect "$FUNCTION_IMAGE" >/dev/null 2>&1 || say "note: $FUNCTION_IMAGE is missing; build it with java-image.sh"
else
  docker tag "$BASE_IMAGE" "$IMAGE"
fi
# images replaced just now have no name any more (one that a container still uses stays)
for old in $OLD; do
  if [ -z "$(docker image inspect -f '{{ join .RepoTags "" }}' "$old" 2>/dev/null)" ]; then docker image rm "$old" >/dev/null 2>&1 || true; fi
done
say "done: $(docker image inspect --format '{{.RepoTags}} {{.Size}} bytes' "$IMAGE")"
