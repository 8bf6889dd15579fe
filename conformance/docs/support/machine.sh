#!/usr/bin/env bash
# Inside a mount and network namespace: makes it a machine of its own and becomes its shell, which reads
# commands from standard input. STATE is a folder for what the machine has instead of the real one's: a hosts
# file, a name server, the certificates that are trusted. Nothing outside changes.
#
#   unshare --mount --net -- bash machine.sh STATE NODE
set -euo pipefail
state=$1 node=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

mount --make-rprivate /
ip link set lo up

instead() { # FILE_OR_FOLDER COPY
  if [ -e "$1" ]; then mount --bind "$2" "$(readlink -f "$1")"; fi
}
cat /etc/hosts >"$state/hosts" 2>/dev/null || true
instead /etc/hosts "$state/hosts"
echo 'nameserver 127.0.0.1' >"$state/resolv.conf"
instead /etc/resolv.conf "$state/resolv.conf"
for folder in /etc/ssl/certs /usr/local/share/ca-certificates; do
  [ -d "$folder" ] || continue
  mkdir -p "$state$folder"
  cp -a --no-preserve=ownership "$folder/." "$state$folder/"
  instead "$folder" "$state$folder"
done

touch "$state/records"
"$node" "$here/name-server.ts" "$state/records" </dev/null >/dev/null 2>"$state/name-server.log" &

# There is no other user on this machine.
mkdir -p "$state/bin"
printf '#!/bin/sh\nexec "$@"\n' >"$state/bin/sudo"
chmod +x "$state/bin/sudo"
export PATH="$state/bin:$PATH"
exec bash --noprofile --norc
