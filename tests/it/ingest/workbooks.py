"""Writes people.xls and people.ods, as others' libraries make them, into the folder that it is given."""
import datetime
import pathlib
import sys

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

folder = pathlib.Path(sys.argv[1])
PEOPLE = [(1, "Zoë Müller", datetime.date(1980, 2, 3)), (2, "Roe, Jane", None), (3, "José Núñez", datetime.date(1990, 12, 31))]

workbook = xlwt.Workbook(encoding="utf-8")
workbook.add_sheet("Notes").write(0, 0, "none of these")
sheet = workbook.add_sheet("People")
for column, name in enumerate(["id", "name", "born"]):
    sheet.write(0, column, name)
as_date = xlwt.easyxf(num_format_str="DD.MM.YYYY")
for row, (number, name, born) in enumerate(PEOPLE, 1):
    sheet.write(row, 0, number)
    sheet.write(row, 1, name)
    if born:
        sheet.write(row, 2, born, as_date)
workbook.save(str(folder / "people.xls"))

document = OpenDocumentSpreadsheet()
notes, people = Table(name="Notes"), Table(name="People")
document.spreadsheet.addElement(notes)
document.spreadsheet.addElement(people)


def add(row, text, **kind):
    cell = TableCell(**kind)
    if text:
        cell.addElement(P(text=text))
    row.addElement(cell)


header = TableRow()
people.addElement(header)
for name in ["id", "name", "born"]:
    add(header, name, valuetype="string")
for number, name, born in PEOPLE:
    row = TableRow()
    people.addElement(row)
    add(row, str(number), valuetype="float", value=number)
    add(row, name, valuetype="string")
    if born:
        add(row, born.strftime("%d.%m.%Y"), valuetype="date", datevalue=born.isoformat())
    else:
        add(row, "")
document.save(str(folder / "people.ods"))
