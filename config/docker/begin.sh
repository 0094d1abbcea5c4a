#!/bin/sh
# Makes two nodes one house: the same collections on both, and the edge replicating to the hub. May be run again.
# EDGE, HUB: addresses of their HTTP APIs; SCHEMA: a file of collection definitions.
set -eu
for node in "$EDGE" "$HUB"; do
  defradb client collection describe --url "$node" | grep -q '"Airport"' ||
    defradb client schema add --url "$node" -f "$SCHEMA"
done
defradb client p2p replicator set --url "$EDGE" --collection Airport "$(defradb client p2p info --url "$HUB")"
echo "The edge replicates to the hub."
