"""readers.py LAKE_GOLD EXPORTS: what `deltalake` and `polars` read of every gold table is what c360 queries and exports."""

import json
import sys
from pathlib import Path

import polars
from deltalake import DeltaTable

gold, exports = Path(sys.argv[1]), Path(sys.argv[2])
counts = json.loads((exports / "counts.json").read_text())


def settled(frame: polars.DataFrame) -> polars.DataFrame:
    """Columns by name, rows in one order."""
    frame = frame.select(sorted(frame.columns))
    return frame.sort(frame.columns, nulls_last=True)


for table, count in sorted(counts.items()):
    if not (gold / table).exists():
        assert count == 0, f"{table} has {count} rows and no folder"
        print(f"{table}: never written")
        continue
    exported = settled(polars.read_parquet(exports / f"{table}.parquet"))
    readings = {
        "deltalake": polars.from_arrow(DeltaTable(gold / table).to_pyarrow_table()),
        "polars": polars.read_delta(str(gold / table)),
        "polars, lazily": polars.scan_delta(str(gold / table)).collect(),
    }
    for reader, rows in readings.items():
        assert rows.height == count, f"{table}: {reader} reads {rows.height} rows, c360 counts {count}"
        rows = settled(rows)
        assert rows.columns == exported.columns, f"{table}: {reader} reads {rows.columns}"
        for name in rows.columns:
            assert rows[name].dtype == exported[name].dtype, f"{table}.{name}: {rows[name].dtype} is {exported[name].dtype}"
        assert rows.equals(exported), f"{table}: {reader} reads other values than c360 exports"
    print(f"{table}: {count} rows, equal")
