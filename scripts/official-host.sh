#!/usr/bin/env bash
# Runs a command on a machine of its own on which OSS's official host names are an osskeep:
#
#   scripts/official-host.sh [OPTION]... -- COMMAND [ARGUMENT]...
#
#   --bucket NAME            a bucket that NAME.oss-REGION.aliyuncs.com shall reach; repeatable
#   --cname DOMAIN=BUCKET    a custom domain bound to a bucket; repeatable
#   --region ID              cn-hangzhou when absent
#   --config FILE            further settings of the server, in YAML
#   --cert FILE --key FILE   the server's certificate and key; one of its own authority when absent
#   --ca FILE                what COMMAND shall trust; with --cert, the certificate itself when absent
#
# The machine is a mount and network namespace: it has a loopback of its own, where osskeep answers on ports
# 80 and 443, a hosts file of its own, and trust stores that know the certificate. Nothing outside changes,
# no request can leave it, and nothing is kept. The server's root key is OSS_ACCESS_KEY_ID with
# OSS_ACCESS_KEY_SECRET, or one made for this run; COMMAND finds it in these variables. It finds besides:
#
#   OSSKEEP_CA               file of the certificate to trust
#   OSSKEEP_BROWSER_HOME     HOME for Chromium, whose trust store is there (where certutil is installed)
#
# Linux, with unshare and ip; root, or a user who may make user namespaces.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

fail() {
  echo "official-host: $*" >&2
  exit 2
}

outside() {
  local region=cn-hangzhou cert='' key='' ca='' serve=() names=() buckets=()
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    [[ "$1" == --* ]] || fail "\"$1\" is no option; write -- before the command"
    [ $# -ge 2 ] || fail "$1 needs a value"
    case $1 in
      --bucket) buckets+=("$2") ;;
      --cname)
        [[ "$2" == *=* ]] || fail "--cname needs DOMAIN=BUCKET"
        serve+=(--cname "$2")
        names+=("${2%%=*}")
        ;;
      --region) region=$2 ;;
      --config) serve+=(--config "$2") ;;
      --cert) cert=$2 ;;
      --key) key=$2 ;;
      --ca) ca=$2 ;;
      *) fail "no option $1" ;;
    esac
    shift 2
  done
  [ "${1:-}" = -- ] && [ $# -ge 2 ] || fail 'no command; write it after --'
  shift
  [ -n "$cert" ] && [ -z "$key" ] && fail '--cert needs --key'
  [ -n "$key" ] && [ -z "$cert" ] && fail '--key needs --cert'
  if [ -n "$cert" ]; then
    serve+=(--tls-cert "$cert" --tls-key "$key")
  else
    serve+=(--tls-self-signed)
  fi
  local endpoint
  for endpoint in "oss-$region.aliyuncs.com" "oss-$region-internal.aliyuncs.com"; do
    names+=("$endpoint")
    for bucket in ${buckets[@]+"${buckets[@]}"}; do names+=("$bucket.$endpoint"); done
  done

  state=$(mktemp -d "${TMPDIR:-/tmp}/osskeep-official-host.XXXXXX")
  trap 'rm -rf "$state"' EXIT
  printf '%s\n' "${ca:-$cert}" >"$state/ca-given"
  { cat /etc/hosts 2>/dev/null || true; printf '127.0.0.1 %s\n' "${names[@]}"; } >"$state/hosts"
  printf '%s\0' --region "$region" "${serve[@]}" >"$state/serve"
  # Root needs no user namespace, and some hosts allow it none.
  local user=(--user --map-root-user)
  if [ "$(id -u)" = 0 ] && ! unshare "${user[@]}" true 2>/dev/null; then user=(); fi
  local status=0
  unshare ${user[@]+"${user[@]}"} --mount --net -- bash "$root/scripts/official-host.sh" --inside "$state" "$@" ||
    status=$?
  exit "$status"
}

inside() {
  state=$1
  shift
  ip link set lo up
  mount --bind "$state/hosts" /etc/hosts
  if [ -z "${OSS_ACCESS_KEY_ID:-}" ]; then
    OSS_ACCESS_KEY_ID=OSSKOFFICIALHOST$(random_hex 6)
    OSS_ACCESS_KEY_SECRET=$(random_hex 20)
  fi
  export OSS_ACCESS_KEY_ID OSS_ACCESS_KEY_SECRET
  # A proxy would be asked for the names, and none can be reached.
  export no_proxy='*' NO_PROXY='*'
  start_server
  trust
  local status=0
  "$@" || status=$?
  stop_server
  exit "$status"
}

random_hex() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

start_server() {
  local node="$root/node_modules/.bin/node" arguments=()
  [ -x "$node" ] || node=node
  mapfile -d '' -t arguments <"$state/serve"
  # A process group of its own, so that a Ctrl-C reaches the command alone; the server is stopped after it.
  setsid "$node" --conditions=osskeep-source "$root/packages/cli/bin/osskeep.js" serve \
    --listen 127.0.0.1:80 --tls-listen 127.0.0.1:443 --data "$state/data" --log-level warn \
    "${arguments[@]}" >"$state/ready" 2>"$state/log" </dev/null &
  server=$!
  trap stop_server EXIT
  local waited
  for ((waited = 0; waited < 600; waited += 1)); do
    grep -q '^ready' "$state/ready" && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  cat "$state/log" >&2
  fail 'the server did not start'
}

stop_server() {
  trap - EXIT
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
}

# Makes every kind of client trust the certificate: over the machine's own stores where clients read those,
# by variables for the rest.
trust() {
  local given bundle=/etc/ssl/certs/ca-certificates.crt
  given=$(cat "$state/ca-given")
  export OSSKEEP_CA="$state/ca.pem"
  cp "${given:-$state/data/tls/ca.pem}" "$OSSKEEP_CA"
  { cat "$bundle" 2>/dev/null || true; cat "$OSSKEEP_CA"; } >"$state/ca-bundle.pem"
  if [ -f "$bundle" ]; then mount --bind "$state/ca-bundle.pem" "$bundle"; fi
  # Node has roots of its own, Python's requests too; the others would follow the file above.
  export NODE_EXTRA_CA_CERTS="$OSSKEEP_CA"
  export REQUESTS_CA_BUNDLE="$state/ca-bundle.pem" CURL_CA_BUNDLE="$state/ca-bundle.pem"
  export SSL_CERT_FILE="$state/ca-bundle.pem"
  trust_in_java
  if command -v certutil >/dev/null; then
    export OSSKEEP_BROWSER_HOME="$state/home"
    local store="sql:$OSSKEEP_BROWSER_HOME/.pki/nssdb"
    mkdir -p "$OSSKEEP_BROWSER_HOME/.pki/nssdb"
    certutil -d "$store" -N --empty-password
    certutil -d "$store" -A -n osskeep -t C,, -i "$OSSKEEP_CA"
  fi
}

trust_in_java() {
  command -v keytool >/dev/null && command -v java >/dev/null || return 0
  local home store
  home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
  store=$(readlink -f "$home/lib/security/cacerts") || return 0
  [ -f "$store" ] || return 0
  cp "$store" "$state/cacerts"
  chmod u+w "$state/cacerts"
  keytool -importcert -noprompt -alias osskeep -file "$OSSKEEP_CA" -keystore "$state/cacerts" \
    -storepass changeit >/dev/null 2>"$state/keytool" || { cat "$state/keytool" >&2; fail 'keytool failed'; }
  mount --bind "$state/cacerts" "$store"
}

case ${1:-} in
  -h | --help)
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "${BASH_SOURCE[0]}"
    ;;
  --inside)
    shift
    inside "$@"
    ;;
  *) outside "$@" ;;
esac
