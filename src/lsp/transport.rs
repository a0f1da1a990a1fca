//! Bytes to messages: the protocol's framing, read so that no malformed message ends the session. What cannot be read
//! is answered with an error, and reading goes on at the next header.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::{Value, json};

/// The largest body read: a source file of the largest size, every byte escaped, and room to spare.
const MOST: usize = 128 * 1024 * 1024;
/// The longest header line.
const HEADER_MOST: u64 = 4096;
const LENGTH: &[u8] = b"content-length:";

/// What a client sent.
#[derive(Debug)]
pub enum Received {
    /// A message.
    Message(Message),
    /// Bytes that are none; the reply that says so.
    Malformed(Value),
}

/// An error reply; without an id that could be read, to `null`.
fn refusal(id: Value, code: ErrorCode, message: &str) -> Received {
    Received::Malformed(json!({"jsonrpc": "2.0", "id": id, "error": {"code": code as i32, "message": message}}))
}

/// Reads messages.
#[derive(Debug)]
pub struct Reader<R> {
    input: Again<R>,
    /// The next header's name has been read already, while finding the way back.
    at_length: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads from `input`.
    pub fn new(input: R) -> Reader<R> {
        Reader { input: Again { back: Vec::new(), at: 0, input }, at_length: false }
    }

    /// The next message; `None` when the client has gone.
    ///
    /// # Errors
    /// When the stream cannot be read.
    pub fn receive(&mut self) -> io::Result<Option<Received>> {
        let length = match self.header()? {
            Header::End => return Ok(None),
            Header::Length(length) => length,
            Header::Wrong(why) => {
                self.find_length()?;
                return Ok(Some(refusal(Value::Null, ErrorCode::ParseError, why)));
            }
        };
        let mut body = Vec::new();
        self.input.by_ref().take(length as u64).read_to_end(&mut body)?;
        let received = if body.len() < length { None } else { Some(understand(&body)) };
        if let Some(Received::Message(_)) = received {
            return Ok(received);
        }
        if let Some(next) = next_header(&body).and_then(|at| body.get(at..)) {
            // The length was larger than the message: it took from the next one, which is put back.
            self.input.put_back(next);
            let why = "Content-Length is larger than the message, and took from the next one";
            return Ok(Some(refusal(Value::Null, ErrorCode::ParseError, why)));
        }
        Ok(received)
    }

    fn header(&mut self) -> io::Result<Header> {
        let mut length = None;
        loop {
            let mut line = Vec::new();
            if std::mem::take(&mut self.at_length) {
                line.extend_from_slice(LENGTH);
            }
            if self.input.by_ref().take(HEADER_MOST).read_until(b'\n', &mut line)? == 0 {
                return Ok(Header::End);
            }
            // The rest of a message whose length was too small is before the next header.
            let glued = position_of_length(&line).filter(|at| *at > 0);
            if line.last() != Some(&b'\n') {
                let from = glued.unwrap_or(line.len().saturating_sub(LENGTH.len()));
                if line.len() as u64 >= HEADER_MOST {
                    self.input.put_back(line.get(from..).unwrap_or_default());
                }
                return Ok(Header::Wrong("a header line is too long, or cut off"));
            }
            if let Some(at) = glued {
                line.drain(..at);
            }
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            if line.is_empty() {
                return Ok(match length {
                    Some(length) => Header::Length(length),
                    None => Header::Wrong("a message has no Content-Length header"),
                });
            }
            let Some(colon) = line.iter().position(|byte| *byte == b':') else {
                return Ok(Header::Wrong("a header line has no colon"));
            };
            let (name, value) = line.split_at(colon + 1);
            if !name.eq_ignore_ascii_case(LENGTH) {
                continue;
            }
            let value = std::str::from_utf8(value).unwrap_or_default().trim();
            length = match value.parse::<usize>() {
                Ok(length) if length <= MOST => Some(length),
                Ok(_) => return Ok(Header::Wrong("Content-Length is larger than 128 MiB")),
                Err(_) => return Ok(Header::Wrong("Content-Length is not a number")),
            };
        }
    }

    /// Skips to behind the next `Content-Length:`, wherever it stands.
    fn find_length(&mut self) -> io::Result<()> {
        let mut matched = 0;
        loop {
            let bytes = self.input.fill_buf()?;
            if bytes.is_empty() {
                return Ok(());
            }
            let read = bytes.len();
            for (at, byte) in bytes.iter().enumerate() {
                let lower = byte.to_ascii_lowercase();
                // Only the first letter, `c`, could begin a second try, and it occurs once.
                matched = if LENGTH.get(matched) == Some(&lower) {
                    matched + 1
                } else {
                    usize::from(LENGTH.first() == Some(&lower))
                };
                if matched == LENGTH.len() {
                    self.input.consume(at + 1);
                    self.at_length = true;
                    return Ok(());
                }
            }
            self.input.consume(read);
        }
    }
}

/// Where the last `Content-Length:` of some bytes begins.
fn position_of_length(bytes: &[u8]) -> Option<usize> {
    bytes.windows(LENGTH.len()).rposition(|window| window.eq_ignore_ascii_case(LENGTH))
}

/// Where the header of the next message begins in a body that is no message; a message may hold the words.
fn next_header(body: &[u8]) -> Option<usize> {
    let mut values = serde_json::Deserializer::from_slice(body).into_iter::<serde::de::IgnoredAny>();
    let whole = values.next().is_some_and(|value| value.is_ok()).then(|| values.byte_offset());
    let Some(end) = whole else {
        return position_of_length(body);
    };
    let rest = body.get(end..)?;
    let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let rest = rest.get(blanks..)?;
    let common = rest.len().min(LENGTH.len());
    let begins = rest.get(..common)?.eq_ignore_ascii_case(LENGTH.get(..common)?);
    (!rest.is_empty() && begins).then_some(end + blanks)
}

/// Input that takes bytes back.
#[derive(Debug)]
struct Again<R> {
    back: Vec<u8>,
    /// How many of those are read again.
    at: usize,
    input: R,
}

impl<R> Again<R> {
    /// Puts bytes before what is still to be read.
    fn put_back(&mut self, bytes: &[u8]) {
        let rest = self.back.split_off(self.at.min(self.back.len()));
        self.back = [bytes, &rest].concat();
        self.at = 0;
    }
}

impl<R: BufRead> BufRead for Again<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.back.get(self.at..).filter(|rest| !rest.is_empty()) {
            Some(rest) => Ok(rest),
            None => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        if self.at < self.back.len() { self.at += amount } else { self.input.consume(amount) }
    }
}

impl<R: BufRead> Read for Again<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(into.len());
        if let (Some(into), Some(bytes)) = (into.get_mut(..count), bytes.get(..count)) {
            into.copy_from_slice(bytes);
        }
        self.consume(count);
        Ok(count)
    }
}

enum Header {
    End,
    Length(usize),
    Wrong(&'static str),
}

/// A body to a message.
fn understand(body: &[u8]) -> Received {
    let mut object = match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(object)) => object,
        Ok(_) => return refusal(Value::Null, ErrorCode::InvalidRequest, "a message is a JSON object"),
        Err(error) => {
            return refusal(Value::Null, ErrorCode::ParseError, &format!("the message is not JSON: {error}"));
        }
    };
    let raw = object.remove("id").unwrap_or(Value::Null);
    let id: Option<RequestId> = match &raw {
        Value::Null => None,
        id => match serde_json::from_value(id.clone()) {
            Ok(id) => Some(id),
            Err(_) => {
                return refusal(raw, ErrorCode::InvalidRequest, "an id is a whole number of 32 bits or a text");
            }
        },
    };
    let params = object.remove("params").unwrap_or(Value::Null);
    match (object.remove("method"), id) {
        (Some(Value::String(method)), Some(id)) => Received::Message(Message::Request(Request { id, method, params })),
        (Some(Value::String(method)), None) => {
            Received::Message(Message::Notification(Notification { method, params }))
        }
        (Some(_), _) => refusal(raw, ErrorCode::InvalidRequest, "`method` is a text"),
        (None, Some(id)) if object.contains_key("result") || object.contains_key("error") => {
            // What the client answers to our few requests changes nothing, be it an error.
            let result = object.remove("result").unwrap_or(Value::Null);
            Received::Message(Message::Response(Response { id, response_result: Ok(result) }))
        }
        (None, _) => refusal(raw, ErrorCode::InvalidRequest, "a message has a `method`"),
    }
}

/// Writes one message and flushes it.
///
/// # Errors
/// When the stream cannot be written: the client has gone.
pub fn write(output: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    write!(output, "Content-Length: {}\r\n\r\n", body.len())?;
    output.write_all(&body)?;
    output.flush()
}
