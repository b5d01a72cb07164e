#!/usr/bin/env bash
# Builds a stand-in for the Java 25 base image that `sam local` looks for, on a
# Debian machine that can reach package registries but no image registry.
#
# It uses only what a developer of this project already has: apt, Maven and a
# Java 25 JDK. It names no package registry: apt and Maven use their own settings.
#
# Usage: java-image.sh [--force]     (as root)
# The image is rebuilt only if it is missing, if this script or the JDK changed,
# or if --force is given.
set -euo pipefail

# The name below is the one SAM CLI 1.170 asks for (Runtime java25, x86_64).
# SAM builds its own "25-rapid-x86_64" image on top of it, adding the emulator.
image=public.ecr.aws/lambda/java:25-x86_64
rapid_image=public.ecr.aws/lambda/java:25-rapid-x86_64

# The Java runtime interface client: the program that asks Lambda for events.
client=com.amazonaws:aws-lambda-java-runtime-interface-client:2.9.0

say() { echo "java-image: $*" >&2; }
die() { say "$*"; exit 1; }

[ "$(id -u)" = 0 ] || die "run me as root; mend it: sudo infra/local/java-image.sh"
[ "$(uname -m)" = x86_64 ] || die "only x86_64 is handled"

force=no
[ "${1:-}" = --force ] && force=yes

# --- 1. Docker ---------------------------------------------------------------

"$(dirname "$0")/docker.sh"

# --- 2. Is the image already there? ------------------------------------------

jdk=${JDK25_HOME:-}
for d in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  [ -n "$jdk" ] && break
  if [ -f "$d/release" ] && [ -x "$d/bin/jlink" ] && grep -q '^JAVA_VERSION="25[."]' "$d/release"; then
    jdk=$d
  fi
done
[ -n "$jdk" ] || die "no Java 25 JDK found; set JDK25_HOME"

# The fingerprint changes with this script and with the JDK.
fingerprint=$(cat "$0" "$jdk/release" | sha256sum | cut -c1-16)
have=$(docker image inspect -f '{{ index .Config.Labels "stand-in.fingerprint" }}' "$image" 2>/dev/null || true)
if [ "$force" = no ] && [ "$have" = "$fingerprint" ]; then
  say "$image is up to date"
  exit 0
fi

# --- 3. Root filesystem ------------------------------------------------------

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
root=$work/root
mkdir -p "$root" "$work/debs"

# A few Debian packages, unpacked and not installed: the C and C++ libraries,
# time zones, and busybox for the shell. `apt-get download` needs no extra tools.
say "unpacking Debian packages"
( cd "$work/debs" && apt-get download -qq base-files libc6 libgcc-s1 libstdc++6 zlib1g tzdata busybox-static 2>"$work/apt.log" ) \
  || { apt-get -qq update; ( cd "$work/debs" && apt-get download -qq base-files libc6 libgcc-s1 libstdc++6 zlib1g tzdata busybox-static ) ; }
for deb in "$work"/debs/*.deb; do
  dpkg-deb -x "$deb" "$root"
done
rm -rf "$root"/usr/share/doc "$root"/usr/share/lintian "$root"/usr/share/man "$root"/usr/share/locale

# One link per busybox command (sh, mv, chmod, cat, ...): SAM needs sh, mv and chmod.
for applet in $("$root/bin/busybox" --list); do
  [ -e "$root/bin/$applet" ] || ln -s busybox "$root/bin/$applet"
done

mkdir -p "$root"/{etc/ssl/certs,root,tmp,dev,proc,sys,opt/java,var/task,var/runtime/lib,var/rapid,var/lang}
chmod 1777 "$root/tmp"
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
echo 'root:x:0:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
# This machine's certificate authorities, so that TLS works from a function too.
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"

# --- 4. Java -----------------------------------------------------------------

# The standard modules and those that servers and debuggers need; no compiler.
say "making a Java runtime from $jdk"
rmdir "$root/var/lang"
"$jdk/bin/jlink" --output "$root/var/lang" \
  --strip-debug --no-man-pages --no-header-files \
  --add-modules java.se,jdk.charsets,jdk.crypto.cryptoki,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jdwp.agent,jdk.jfr,jdk.localedata,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.nio.mapmode,jdk.security.auth,jdk.unsupported,jdk.xml.dom,jdk.zipfs
"$root/var/lang/bin/java" -Xshare:dump -XX:+UseSerialGC >/dev/null 2>&1 || true
# The machine's own trust store wins: it may hold a local authority.
[ -e "$jdk/lib/security/cacerts" ] && cp -L "$jdk/lib/security/cacerts" "$root/var/lang/lib/security/cacerts"

# --- 5. The Lambda runtime ---------------------------------------------------

say "fetching $client"
IFS=: read -r group artifact version <<<"$client"
cat >"$work/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>runtime</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version>
    </dependency>
  </dependencies>
</project>
POM
JAVA_HOME=$jdk mvn -q -B -f "$work/pom.xml" ${MAVEN_REPO:+-Dmaven.repo.local="$MAVEN_REPO"} \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
  -DincludeScope=runtime -DoutputDirectory="$root/var/runtime/lib" >"$work/mvn.log" 2>&1 \
  || { cat "$work/mvn.log" >&2; die "Maven could not fetch $client"; }

# The emulator starts this file. The client loads the function from the working
# directory (/var/task) and /opt/java, as in the real runtime. The handler is in
# _HANDLER. SAM limits the container to the function's memory, and Java sees that.
cat >"$root/var/runtime/bootstrap" <<'SH'
#!/bin/sh
cd "${LAMBDA_TASK_ROOT:-/var/task}" || exit 1
export AWS_EXECUTION_ENV=AWS_Lambda_java25
exec /var/lang/bin/java \
  -XX:MaxRAMPercentage=80 -XX:+UseSerialGC -XX:+TieredCompilation -XX:TieredStopAtLevel=1 \
  -Xshare:auto -Djava.net.preferIPv4Stack=true --enable-native-access=ALL-UNNAMED \
  -cp "/var/runtime/lib/*" \
  com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
SH
# The real image has this too; `docker run` without SAM uses it.
cat >"$root/lambda-entrypoint.sh" <<'SH'
#!/bin/sh
[ $# -ge 1 ] && export _HANDLER="$1"
if [ -z "${AWS_LAMBDA_RUNTIME_API:-}" ]; then
  for rie in /var/rapid/aws-lambda-rie /usr/local/bin/aws-lambda-rie; do
    [ -x "$rie" ] && exec "$rie" /var/runtime/bootstrap "$@"
  done
fi
exec /var/runtime/bootstrap
SH
chmod 755 "$root/var/runtime/bootstrap" "$root/lambda-entrypoint.sh"

# --- 6. Import ---------------------------------------------------------------

say "importing $image"
old=$(docker image inspect -f '{{ .Id }}' "$image" 2>/dev/null || true)
tar -C "$root" --numeric-owner --owner=0 --group=0 -cf - . | docker import \
  -c 'ENV PATH=/var/lang/bin:/usr/local/bin:/usr/bin:/bin LANG=en_US.UTF-8 TZ=:/etc/localtime LD_LIBRARY_PATH=/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib LAMBDA_TASK_ROOT=/var/task LAMBDA_RUNTIME_DIR=/var/runtime' \
  -c 'WORKDIR /var/task' \
  -c 'ENTRYPOINT ["/lambda-entrypoint.sh"]' \
  -c "LABEL stand-in.fingerprint=$fingerprint stand-in.note='local stand-in, not the AWS image'" \
  - "$image" >/dev/null

# SAM keeps its own image built on the old base; without this it would reuse it.
docker image rm -f "$rapid_image" >/dev/null 2>&1 || true
# The image replaced just now has no name any more.
[ -z "$old" ] || docker image rm "$old" >/dev/null 2>&1 || true

say "done: $(docker image inspect -f '{{ .Size }}' "$image" | awk '{ printf "%d MB", $1 / 1e6 }') $image"
