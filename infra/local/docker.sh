#!/usr/bin/env bash
# Sees to it that Docker answers: installs it where it is missing (Debian and its kin, as root) and starts its daemon.
set -euo pipefail
die() { printf 'docker.sh: %s\n  mend it: %s\n' "$1" "$2" >&2; exit 1; }

if docker info >/dev/null 2>&1; then exit 0; fi
[ "$(id -u)" = 0 ] || die "Docker does not answer" "start it, or run infra/local/docker.sh as root"

# one at a time; the daemon must not inherit the lock, or it would hold it for ever
exec 9>"${TMPDIR:-/tmp}/fleetline-docker.lock"
flock -w 300 9 || die "somebody else has been starting Docker for five minutes" "look at ${TMPDIR:-/tmp}/fleetline-dockerd.log"
if ! command -v dockerd >/dev/null || ! command -v docker >/dev/null; then
  command -v apt-get >/dev/null || die "Docker is not installed" "install it as its makers describe"
  echo "installing Docker" >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=300 update -qq >&2
  apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends docker.io iptables >&2
fi
if ! docker info >/dev/null 2>&1; then
  log="${TMPDIR:-/tmp}/fleetline-dockerd.log"
  echo "starting dockerd" >&2
  setsid dockerd >"$log" 2>&1 </dev/null 9>&- &
  for _ in $(seq 120); do
    if docker info >/dev/null 2>&1; then exit 0; fi
    sleep 0.5
  done
  die "dockerd did not come up" "look at $log"
fi
