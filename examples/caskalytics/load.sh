#!/bin/sh
# Loads the samples. May be run again: what is there already is counted once.
# ALMANAC_DATA_DIR names the data directory; ALMANAC is the command, by default the one that npx finds.
set -eu
samples="$(dirname "$0")/samples"
almanac() { ${ALMANAC:-npx almanac} "$@"; }

has_source() { # name and label of a source of events, made where there is none yet
  almanac sources list | grep -q "^$1 " || almanac sources create "$1" --label "$2"
}
has_source releases 'Bucket with the releases'
has_source website 'Website'
almanac import "$samples/downloads.s3.log" --format s3 --source releases
almanac import "$samples/beacons.ndjson" --format json-lines --source website

almanac metrics load "$samples/salesforce.csv" --source salesforce --time-column 'Created Date' \
  --value Leads=leads --value MQLs=mqls --value Opportunities=opportunities --value Amount=amount \
  --dimension 'Lead Source=lead_source' --dimension Country=country
almanac metrics load "$samples/youtube-views.csv" --source youtube --time-column Day --value Views=video_views \
  --dimension 'Video title=title'
almanac metrics load "$samples/youtube-subscribers.csv" --source youtube --time-column Day \
  --value Subscribers=subscribers --dimension Channel=account
for network in linkedin twitter; do
  almanac metrics load "$samples/$network.csv" --source "$network" --time-column Date \
    --value Followers=subscribers --dimension Account=account
done
almanac metrics load "$samples/search-ranking.csv" --source search --time-column Date \
  --value Position=position --dimension Keyword=keyword
almanac metrics load "$samples/share-of-voice.csv" --source search --time-column Week \
  --value 'Share of voice=share_of_voice' --dimension Brand=brand
almanac metrics load "$samples/github.ndjson" --source github
