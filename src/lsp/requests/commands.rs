//! Examples: the lens above each, and the command that runs one.

use lsp_server::ErrorCode;
use lsp_types::{CodeLensParams, ExecuteCommandParams, Uri};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{RUN_EXAMPLE, Server, read};
use crate::eval::Evaluator;
use crate::examples::unmet;
use crate::lower::lower;
use crate::lsp::server::{Refused, refused};
use crate::syntax::ast::StatementKind;
use crate::syntax::parse;

/// What the command is given.
#[derive(Debug, Deserialize)]
struct Which {
    uri: Uri,
    name: String,
}

impl Server {
    /// A lens above each example.
    pub(super) fn code_lenses(&self, params: &CodeLensParams) -> Result<Value, Refused> {
        let uri = &params.text_document.uri;
        let Some(analysis) = self.checked(uri)?.filter(|_| self.settings.code_lens) else {
            return Ok(json!([]));
        };
        let parsed = parse(analysis.checked.main, &analysis.text.text);
        let lenses: Vec<Value> = parsed
            .file
            .statements
            .iter()
            .filter_map(|statement| match &statement.kind {
                StatementKind::Example(example) => Some(json!({
                    "range": self.range(&analysis, statement.word),
                    "command": {
                        "title": "run this example",
                        "command": RUN_EXAMPLE,
                        "arguments": [{"uri": uri, "name": example.name.text}],
                    },
                })),
                _ => None,
            })
            .collect();
        Ok(lenses.into())
    }

    /// Runs a command.
    pub(super) fn execute(&self, params: &ExecuteCommandParams) -> Result<Value, Refused> {
        if params.command != RUN_EXAMPLE {
            return Err(refused(ErrorCode::InvalidParams, format!("no such command: {}", params.command)));
        }
        let which: Which = read(RUN_EXAMPLE, params.arguments.first().cloned().unwrap_or_default())?;
        let failed = |message: String| refused(ErrorCode::RequestFailed, message);
        let analysis = self.checked(&which.uri)?.ok_or_else(|| failed("this file could not be checked".to_owned()))?;
        let checked = &analysis.checked;
        let Some(program) = &checked.program else {
            return Err(failed("the examples cannot be run before the errors of this file are corrected".to_owned()));
        };
        let Some(example) = program.examples.iter().find(|example| example.name == which.name) else {
            return Err(failed(format!("there is no example \"{}\"", which.name)));
        };
        let evaluator = Evaluator::new(lower(program, &checked.sources)).map_err(|error| failed(error.to_string()))?;
        let lines = unmet(&evaluator, program, &checked.sources, checked.main, example);
        let passed = lines.is_empty();
        let message = match lines.as_slice() {
            [] => format!("\"{}\" passes", which.name),
            lines => format!("\"{}\" fails\n{}", which.name, lines.join("\n")),
        };
        // 2 is a warning, 3 an information.
        self.notify("window/showMessage", json!({"type": if passed { 3 } else { 2 }, "message": message}));
        Ok(json!({"passed": passed, "message": message, "lines": lines}))
    }
}
