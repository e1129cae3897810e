//! A server before the emulator, which answers some requests itself: S3 on a bad day.

use super::http::{self, Message};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What becomes of a request.
#[derive(Clone, Copy)]
pub enum Trouble {
    /// An error of S3: status and code.
    Refuse(&'static str, &'static str),
    /// It goes on after this time.
    Delay(Duration),
    /// It goes on, and its answer is lost: the sender hears of an error.
    Lose,
}

/// Requests that start so (`PUT /lake/`) and hold this text are in trouble, this many times.
struct Rule {
    start: &'static str,
    holds: &'static str,
    trouble: Trouble,
    times: usize,
}

pub struct Proxy {
    address: String,
    rules: Arc<Mutex<Vec<Rule>>>,
}

impl Proxy {
    pub fn before(emulator: &str) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let rules = Arc::new(Mutex::new(Vec::new()));
        let (known, emulator) = (rules.clone(), emulator.to_owned());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (rules, emulator) = (known.clone(), emulator.clone());
                std::thread::spawn(move || answer(&stream, &rules, &emulator));
            }
        });
        Proxy { address, rules }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn trouble(
        &self,
        start: &'static str,
        holds: &'static str,
        trouble: Trouble,
        times: usize,
    ) {
        self.rules.lock().unwrap().push(Rule {
            start,
            holds,
            trouble,
            times,
        });
    }

    /// How much of the trouble has not happened.
    pub fn left(&self) -> usize {
        self.rules
            .lock()
            .unwrap()
            .iter()
            .map(|rule| rule.times)
            .sum()
    }

    /// All is well from here on.
    pub fn heal(&self) {
        self.rules.lock().unwrap().clear();
    }
}

fn answer(stream: &TcpStream, rules: &Mutex<Vec<Rule>>, emulator: &str) {
    let Some(request) = Message::read(stream) else {
        return;
    };
    let trouble = {
        let mut rules = rules.lock().unwrap();
        let rule = rules.iter_mut().find(|rule| {
            rule.times > 0
                && request.start.starts_with(rule.start)
                && request.start.contains(rule.holds)
        });
        rule.map(|rule| {
            rule.times -= 1;
            rule.trouble
        })
    };
    match trouble {
        Some(Trouble::Refuse(status, code)) => {
            let body = format!("<Error><Code>{code}</Code><Message>so it is</Message></Error>");
            let body = if request.start.starts_with("HEAD") {
                ""
            } else {
                &body
            };
            let start = format!("HTTP/1.1 {status}");
            return http::write(
                stream,
                &start,
                &[("content-type", "application/xml")],
                body.as_bytes(),
            );
        }
        Some(Trouble::Delay(time)) => std::thread::sleep(time),
        Some(Trouble::Lose) => {
            let _ = ask(&request, emulator);
            let body = b"<Error><Code>InternalError</Code><Message>lost</Message></Error>";
            let kind = [("content-type", "application/xml")];
            return http::write(stream, "HTTP/1.1 500 Internal Server Error", &kind, body);
        }
        None => {}
    }
    let mut stream = stream;
    let _ = stream.write_all(&ask(&request, emulator));
}

/// Passes a request on; the answer as it is.
fn ask(request: &Message, emulator: &str) -> Vec<u8> {
    let mut upstream = TcpStream::connect(emulator).unwrap();
    let kept = request.headers.iter().filter(|(name, _)| {
        !["content-length", "connection", "transfer-encoding"].contains(&name.as_str())
    });
    let headers: Vec<(&str, &str)> = kept.map(|(name, value)| (&**name, &**value)).collect();
    http::write(&upstream, request.start.trim_end(), &headers, &request.body);
    let mut reply = Vec::new();
    let _ = upstream.read_to_end(&mut reply);
    // One request a connection, whatever the emulator says of it.
    let head = reply.windows(2).position(|two| two == b"\r\n").unwrap_or(0);
    if head > 0 {
        let rest = reply.split_off(head);
        reply.extend_from_slice(b"\r\nconnection: close");
        reply.extend(rest);
    }
    reply
}
