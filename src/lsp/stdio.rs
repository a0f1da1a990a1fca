//! A session over standard input and output.

use std::io::{self, BufReader, BufWriter};
use std::sync::Mutex;
use std::thread;

use lsp_server::{Connection, Message};

use super::transport::{self, Reader, Received};
use super::{Ended, Options, serve};

/// Serves one client over standard input and output until it leaves.
pub fn serve_stdio(options: Options) -> Ended {
    // The reader takes whatever comes at once, so that a client that writes much before it reads never waits for us.
    let (server, outside) = Connection::memory();
    let Connection { sender, receiver } = outside;
    let output: &'static Mutex<BufWriter<io::Stdout>> = Box::leak(Box::new(Mutex::new(BufWriter::new(io::stdout()))));
    let write = |message: &serde_json::Value| match output.lock() {
        Ok(mut output) => transport::write(&mut *output, message),
        Err(_) => Err(io::Error::other("the writer is gone")),
    };
    thread::spawn(move || {
        let mut reader = Reader::new(BufReader::new(io::stdin()));
        while let Ok(Some(received)) = reader.receive() {
            let goes_on = match received {
                Received::Message(message) => sender.send(message).is_ok(),
                Received::Malformed(reply) => write(&reply).is_ok(),
            };
            if !goes_on {
                return;
            }
        }
        // Dropping the sender tells the session that the client has gone.
    });
    let writer = thread::spawn(move || {
        for message in receiver {
            if write(&framed(&message)).is_err() {
                return;
            }
        }
    });
    let ended = serve(server, options);
    // Everything said is on its way before the process ends.
    let _ = writer.join();
    ended
}

fn framed(message: &Message) -> serde_json::Value {
    let mut value = serde_json::to_value(message).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.insert("jsonrpc".to_owned(), "2.0".into());
    }
    value
}
