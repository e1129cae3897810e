#!/usr/bin/env bash
# Times `c360 run resolve` beside a peer, on the same records with the same blocking, in one run.
#
# tests/bench/resolve.sh --c360 target/debug/c360 --bench DIR [--size 1000k] [--blocking city|wide] [--work DIR]
#
# --bench: the folder with splink_baseline.py. Needs python3; splink, duckdb and dupehell are installed into the work folder.
# Records: dupehell's kyc domain, people and companies, medium difficulty, seed 7, without its labels. Blocking, for both: people by
# e-mail, phone, family name with birth date, tax id; companies by registration number and, `city`, by name with city and
# website with city (people by both names too), or, `wide`, by name and by website alone, which makes hot blocks.
# Time and memory of c360 are those of the stage, from standardized Parquet to the committed crosswalk, training included;
# those of the peer are of reading, training, predicting and clustering.
set -euo pipefail

c360=target/debug/c360 bench='' size=1000k blocking=wide work=${TMPDIR:-/tmp}/c360-bench-resolve
while [ $# -gt 0 ]; do
  case $1 in
    --c360) c360=$2 ;;
    --bench) bench=$2 ;;
    --size) size=$2 ;;
    --blocking) blocking=$2 ;;
    --work) work=$2 ;;
    *) sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 2 ;;
  esac
  shift 2
done
c360=$(realpath "$c360")
mkdir -p "$work/data-$size"
[ -x "$work/venv/bin/python" ] || python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q splink==5.0.0 duckdb dupehell==0.5.5
python=$work/venv/bin/python data=$work/data-$size

if [ ! -f "$data/kyc.parquet" ]; then
  "$python" - "$data" "${size%k}000" <<'PY'
import sys, duckdb, dupehell
folder, size = sys.argv[1], int(sys.argv[2])
made = dupehell.generate("kyc", size, seed=7, difficulty="medium", output_dir=folder)
duckdb.execute(f"COPY (SELECT * EXCLUDE (master_id) FROM '{made.dataset}') TO '{folder}/kyc.parquet'")
PY
fi

project=$work/project-$size-$blocking
rm -rf "$project" && mkdir -p "$project/mappings"
case $blocking in
  city) names=', ["given_key", "family_key"]' companies='["sorted_name_key", "city_key"], ["domain", "city_key"]' ;;
  wide) names='' companies='["sorted_name_key"], ["domain"]' ;;
  *) echo "--blocking is city or wide" >&2; exit 2 ;;
esac
cat > "$project/c360.toml" <<TOML
[lake]
location = "./lake"
[landing]
location = "$data"
[defaults]
country = "US"
[matching]
block_records = 1000000
shared_records = 1000000
[matching.person]
blocking = ["email", "phone", ["family_key", "birth_date"], "national_id"$names]
[matching.account]
blocking = ["registration_number", $companies]
[[feeds]]
name = "people"
source = "kyc"
entity = "person"
files = "kyc.parquet"
[[feeds]]
name = "companies"
source = "kyc"
entity = "account"
files = "kyc.parquet"
TOML
cat > "$project/mappings/people.sql" <<'SQL'
SELECT record_id AS source_record_id, given_name, family_name, birth_date, email_address AS email, mobile_phone AS phone,
  tax_id AS national_id, residential_address_line1 AS address_line1, residential_postal_code AS postcode
FROM input WHERE entity_type = 'natural_person'
SQL
cat > "$project/mappings/companies.sql" <<'SQL'
SELECT record_id AS source_record_id, legal_name, registration_number, website, registered_city AS city
FROM input WHERE entity_type = 'legal_entity'
SQL

"$c360" run standardize --project "$project" --threads 2 > /dev/null
"$c360" run resolve --project "$project" --threads 2 --json > "$work/c360.json"
"$c360" export silver.blocking_rules --project "$project" --format ndjson > "$work/rules.ndjson"
case $blocking in city) spec=kyc_1m_lean ;; wide) spec=kyc_1m_hot ;; esac
"$python" "$bench/splink_baseline.py" "$bench/specs/$spec.json" --data "$data" --threads 2 --out "$work/clusters.csv" \
  > "$work/splink.json"
"$python" - "$work" "$blocking" <<'PY'
import json, sys
work, blocking = sys.argv[1:]
ours = json.load(open(f"{work}/c360.json"))["stages"][0]
theirs = json.loads(open(f"{work}/splink.json").read().strip().splitlines()[-1])
pairs = sum(json.loads(line)["added_pairs"] for line in open(f"{work}/rules.ndjson"))
gib = ours["peak_rss_bytes"] / 2**30
print(f"blocking {blocking}: {theirs['records']:,} records, {pairs:,} pairs")
print(f"c360    {ours['seconds']:8.1f} s  {gib:6.2f} GiB")
print(f"splink  {theirs['total_s']:8.1f} s  {theirs['peak_gib']:6.2f} GiB   {theirs['seconds']}")
print(f"c360 takes {ours['seconds'] / theirs['total_s']:.2f} of the time, {gib / theirs['peak_gib']:.2f} of the memory")
PY
