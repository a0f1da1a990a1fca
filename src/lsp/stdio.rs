//! A session over standard input and output.

use std::io::{self, BufReader, BufWriter};
use std::sync::Mutex;
use std::thread;

use lsp_server::{Connection, Message};
use serde::Serialize;

use super::transport::{self, Reader, Received};
use super::{Ended, Options, serve};

/// A message as it is written.
#[derive(Debug, Serialize)]
struct Framed {
    jsonrpc: &'static str,
    #[serde(flatten)]
    message: Message,
}

/// Standard output, written by whoever has something to say.
struct Output(Mutex<BufWriter<io::Stdout>>);

impl Output {
    fn write(&self, message: &impl Serialize) -> io::Result<()> {
        match self.0.lock() {
            Ok(mut output) => transport::write(&mut *output, message),
            Err(_) => Err(io::Error::other("the writer is gone")),
        }
    }
}

/// Serves one client over standard input and output until it leaves.
pub fn serve_stdio(options: Options) -> Ended {
    // The reader takes whatever comes at once, so that a client that writes much before it reads never waits for us.
    let (server, outside) = Connection::memory();
    let Connection { sender, receiver } = outside;
    let output: &'static Output = Box::leak(Box::new(Output(Mutex::new(BufWriter::new(io::stdout())))));
    thread::spawn(move || {
        let mut reader = Reader::new(BufReader::new(io::stdin()));
        while let Ok(Some(received)) = reader.receive() {
            let goes_on = match received {
                Received::Message(message) => sender.send(message).is_ok(),
                Received::Malformed(reply) => output.write(&reply).is_ok(),
            };
            if !goes_on {
                return;
            }
        }
        // Dropping the sender tells the session that the client has gone.
    });
    let writer = thread::spawn(move || {
        for message in receiver {
            if output.write(&Framed { jsonrpc: "2.0", message }).is_err() {
                return;
            }
        }
    });
    let ended = serve(server, options);
    // Everything said is on its way before the process ends.
    let _ = writer.join();
    ended
}
