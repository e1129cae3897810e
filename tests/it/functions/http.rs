//! HTTP/1.1 over one connection per request: enough for a local server and a fake one.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

pub struct Message {
    /// `GET /path HTTP/1.1`, or `HTTP/1.1 200 OK`.
    pub start: String,
    /// By lower-case name.
    pub headers: HashMap<String, String>,
    pub body: Vec<u8>,
}

impl Message {
    /// Reads a request or a response. `None`: the peer closed the connection.
    pub fn read(stream: &TcpStream) -> Option<Message> {
        let mut reader = BufReader::new(stream);
        let mut start = String::new();
        reader
            .read_line(&mut start)
            .ok()
            .filter(|length| *length > 0)?;
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim().split_once(':') else {
                break;
            };
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
        let mut body = Vec::new();
        if headers
            .get("transfer-encoding")
            .is_some_and(|coding| coding == "chunked")
        {
            loop {
                let mut size = String::new();
                reader.read_line(&mut size).ok()?;
                let size = usize::from_str_radix(size.trim(), 16).ok()?;
                let mut chunk = vec![0; size + 2];
                reader.read_exact(&mut chunk).ok()?;
                if size == 0 {
                    break;
                }
                body.extend_from_slice(&chunk[..size]);
            }
        } else if let Some(length) = headers.get("content-length") {
            body = vec![0; length.parse().ok()?];
            reader.read_exact(&mut body).ok()?;
        } else if start.starts_with("HTTP/") {
            reader.read_to_end(&mut body).ok()?;
        }
        Some(Message {
            start,
            headers,
            body,
        })
    }
}

/// Sends one message; the connection ends with it.
pub fn write(mut stream: &TcpStream, start: &str, headers: &[(&str, &str)], body: &[u8]) {
    let mut head = format!(
        "{start}\r\ncontent-length: {}\r\nconnection: close\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    // A peer that went away is seen where its answer is missing.
    let _ = stream
        .write_all(head.as_bytes())
        .and_then(|()| stream.write_all(body));
}
