//! Packed files, whole and forged.

use flate2::write::{DeflateEncoder, GzEncoder};
use flate2::{Compression, Crc};
use std::io::Write;

pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(content).unwrap();
    packed.finish().unwrap()
}

pub fn zstd(content: &[u8]) -> Vec<u8> {
    zstd::encode_all(content, 3).unwrap()
}

pub fn bzip2(content: &[u8]) -> Vec<u8> {
    let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    packed.write_all(content).unwrap();
    packed.finish().unwrap()
}

/// A zip of these files, whatever their names; `flags` 1 says that they are encrypted.
pub fn zip(files: &[(&str, &[u8])], flags: u16) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
        packed.write_all(content).unwrap();
        let packed = packed.finish().unwrap();
        let mut crc = Crc::new();
        crc.update(content);
        let mut about = Vec::new();
        for number in [20, flags, 8, 0, 0x21] {
            about.extend(u16::to_le_bytes(number));
        }
        for number in [crc.sum(), packed.len() as u32, content.len() as u32] {
            about.extend(u32::to_le_bytes(number));
        }
        about.extend(u16::to_le_bytes(name.len() as u16));
        about.extend([0, 0]);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&about);
        directory.extend([0; 10]);
        directory.extend(u32::to_le_bytes(zip.len() as u32));
        directory.extend(name.bytes());
        zip.extend(b"PK\x03\x04");
        zip.extend(&about);
        zip.extend(name.bytes());
        zip.extend(packed);
    }
    let start = zip.len() as u32;
    zip.extend(&directory);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    for _ in 0..2 {
        zip.extend(u16::to_le_bytes(files.len() as u16));
    }
    zip.extend(u32::to_le_bytes(directory.len() as u32));
    zip.extend(u32::to_le_bytes(start));
    zip.extend([0, 0]);
    zip
}

/// An Avro file of people: id, name, and what may be null.
pub fn avro(people: &[(i64, &str, Option<&str>)], is_deflated: bool) -> Vec<u8> {
    let long = |number: i64| -> Vec<u8> {
        let mut folded = (number << 1 ^ number >> 63) as u64;
        let mut bytes = Vec::new();
        while folded >= 0x80 {
            bytes.push(folded as u8 | 0x80);
            folded >>= 7;
        }
        bytes.push(folded as u8);
        bytes
    };
    let text = |text: &[u8]| [long(text.len() as i64), text.to_vec()].concat();
    let schema = r#"{"type":"record","name":"person","fields":[{"name":"id","type":"long"},{"name":"name","type":"string"},{"name":"born","type":["null","string"]}]}"#;
    let codec: &[u8] = if is_deflated { b"deflate" } else { b"null" };
    let mut file = b"Obj\x01".to_vec();
    file.extend(long(2));
    for part in [&b"avro.schema"[..], schema.as_bytes(), b"avro.codec", codec] {
        file.extend(text(part));
    }
    file.extend(long(0));
    file.extend([7; 16]);
    for people in people.chunks(2) {
        let mut rows = Vec::new();
        for (id, name, born) in people {
            rows.extend(long(*id));
            rows.extend(text(name.as_bytes()));
            rows.extend(long(i64::from(born.is_some())));
            rows.extend(born.map(|born| text(born.as_bytes())).unwrap_or_default());
        }
        if is_deflated {
            let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&rows).unwrap();
            rows = packed.finish().unwrap();
        }
        file.extend(long(people.len() as i64));
        file.extend(text(&rows));
        file.extend([7; 16]);
    }
    file
}

/// A workbook of sheets; a cell that begins with `#` is a number, one with `@` a date by its serial.
pub fn xlsx(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let mut files: Vec<(String, String)> = Vec::new();
    let (mut list, mut relations, mut types) = (String::new(), String::new(), String::new());
    for (at, (name, rows)) in sheets.iter().enumerate() {
        let at = at + 1;
        list += &format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>");
        relations += &format!(
            "<Relationship Id=\"rId{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
        );
        types += &format!(
            "<Override PartName=\"/xl/worksheets/sheet{at}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
        );
        let mut data = String::new();
        for (row, cells) in rows.iter().enumerate() {
            data += &format!("<row r=\"{}\">", row + 1);
            for (column, cell) in cells.iter().enumerate() {
                let place = format!("{}{}", char::from(b'A' + column as u8), row + 1);
                data += &match cell.split_at_checked(1) {
                    None => String::new(),
                    Some(("#", number)) => format!("<c r=\"{place}\"><v>{number}</v></c>"),
                    Some(("@", serial)) => format!("<c r=\"{place}\" s=\"1\"><v>{serial}</v></c>"),
                    Some(_) => {
                        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")
                    }
                };
            }
            data += "</row>";
        }
        files.push((
            format!("xl/worksheets/sheet{at}.xml"),
            format!("<worksheet {MAIN}><sheetData>{data}</sheetData></worksheet>"),
        ));
    }
    let styles = "<cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs>";
    relations +=
        &format!("<Relationship Id=\"rId99\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>");
    for (name, content) in [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{types}</Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook {MAIN} xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{relations}</Relationships>"),
        ),
        (
            "xl/styles.xml",
            format!("<styleSheet {MAIN}>{styles}</styleSheet>"),
        ),
    ] {
        files.push((
            name.to_owned(),
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{content}"),
        ));
    }
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    zip(&files, 0)
}
