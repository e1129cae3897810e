"""Reads extracts as their receivers would, with two readers that are not ours, and asks a third whether consent was kept.

    extracts.py LAKE NAME…
"""

import hashlib
import json
import pathlib
import sys

import deltalake
import polars
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet

lake = pathlib.Path(sys.argv[1])
extracts = lake / "extracts"


def texts(rows):
    """Rows as sorted tuples of texts; what is not there is empty."""
    return sorted(tuple("" if cell is None else str(cell) for cell in row.values()) for row in rows)


def read(path, columns):
    """The rows of a file, by both readers."""
    kind = path.suffix
    if kind == ".csv":
        ours = polars.read_csv(path, infer_schema_length=0)
        options = pyarrow.csv.ConvertOptions(column_types={name: pyarrow.string() for name in columns})
        theirs = pyarrow.csv.read_csv(path, convert_options=options, parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True))
    elif kind == ".parquet":
        ours, theirs = polars.read_parquet(path, hive_partitioning=False), pyarrow.parquet.ParquetFile(path).read()
    elif path.stat().st_size == 0:
        return []
    else:
        ours, theirs = polars.read_ndjson(path, infer_schema_length=None), pyarrow.json.read_json(path)
        assert set(ours.columns) <= set(columns), path
    if kind != ".ndjson":
        assert ours.columns == columns, (path, ours.columns, columns)
        assert theirs.column_names == columns, (path, theirs.column_names)
    rows = ours.to_dicts()
    assert len(rows) == theirs.num_rows, path
    if kind == ".csv":
        assert texts(rows) == texts(theirs.to_pylist()), path
    return rows


for name in sys.argv[2:]:
    manifest = json.loads((extracts / name / "manifest.json").read_text())
    found = []
    for part in manifest["files"]:
        path = extracts / part["file"]
        content = path.read_bytes()
        assert len(content) == part["bytes"], path
        assert hashlib.sha256(content).hexdigest() == part["sha256"], path
        if path.suffix != ".parquet":
            content.decode("utf-8")
        rows = read(path, manifest["columns"])
        assert len(rows) == part["rows"], (path, len(rows), part["rows"])
        found += rows
    assert len(found) == manifest["rows"], name
    if "channel" not in manifest:
        print(name, len(found), "rows")
        continue

    # What may be used for this purpose by this channel, as the table says that the manifest names.
    version = manifest["table_versions"]
    consents = deltalake.DeltaTable(lake / "gold/customer_consents", version=version["gold.customer_consents"])
    points = deltalake.DeltaTable(lake / "gold/customer_contact_points", version=version["gold.customer_contact_points"])
    of_purpose = [
        row
        for row in consents.to_pyarrow_table().to_pylist()
        if row["purpose"] == manifest["purpose"] and row["channel"] == manifest["channel"]
    ]
    granted = {row["contact_value"] for row in of_purpose if row["permission"] == "granted"}
    known = {row["value"] for row in points.to_pyarrow_table().to_pylist()}
    cells = {str(cell) for row in found for cell in row.values() if cell is not None}
    leaked = {cell for cell in cells if cell in known and cell not in granted}
    assert not leaked, (name, len(leaked))
    loose = {cell for cell in cells if any(point in cell for point in known - granted)}
    assert not loose, (name, len(loose))
    whose = {row["customer_id"] for row in of_purpose if row["permission"] == "granted"}
    assert {row["customer_id"] for row in found if "customer_id" in row} <= whose, name
    print(name, len(found), "rows,", len(cells & granted), "contact points, all granted")
