//! The colour of each word: all, those of a stretch, and what has changed since they were last asked for.

use std::ops::Range;

use lsp_types::{
    SemanticTokenType, SemanticTokensDeltaParams, SemanticTokensLegend, SemanticTokensParams,
    SemanticTokensRangeParams, Uri,
};
use serde_json::{Value, json};

use super::Server;
use crate::ide::semantic_tokens::Colour;
use crate::lsp::document::{Document, Told};
use crate::lsp::server::Refused;
use crate::lsp::uri;

const TYPES: [SemanticTokenType; 12] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::CLASS,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::NUMBER,
    SemanticTokenType::TYPE,
    SemanticTokenType::STRING,
    SemanticTokenType::COMMENT,
    SemanticTokenType::OPERATOR,
];

/// The names of the colours, in the order of their numbers.
pub(in crate::lsp) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: TYPES.to_vec(), token_modifiers: Vec::new() }
}

fn number(colour: Colour) -> u32 {
    match colour {
        Colour::Keyword => 0,
        Colour::Fact => 1,
        Colour::Kind => 2,
        Colour::Anchor => 3,
        Colour::Definition | Colour::Criterion => 4,
        Colour::Attribute => 5,
        Colour::Value => 6,
        Colour::Number => 7,
        Colour::Unit => 8,
        Colour::Text => 9,
        Colour::Comment => 10,
        Colour::Operator => 11,
    }
}

/// So many numbers say one word: lines and columns from the one before, its length, its colour, nothing.
const EACH: usize = 5;

impl Server {
    /// The colours of a whole document.
    pub(super) fn tokens(&mut self, params: &SemanticTokensParams) -> Result<Value, Refused> {
        let (_, name, numbers) = self.coloured_anew(&params.text_document.uri)?;
        Ok(json!({"resultId": name, "data": numbers}))
    }

    /// What has changed in the colours of a document since those that the client names; all when they are not known.
    pub(super) fn tokens_since(&mut self, params: &SemanticTokensDeltaParams) -> Result<Value, Refused> {
        let (before, name, numbers) = self.coloured_anew(&params.text_document.uri)?;
        let Some(before) = before.filter(|before| before.name == params.previous_result_id) else {
            return Ok(json!({"resultId": name, "data": numbers}));
        };
        let (range, put_in) = changed(&before.numbers, &numbers);
        if range.is_empty() && put_in.is_empty() {
            return Ok(json!({"resultId": name, "edits": []}));
        }
        let edit = json!({"start": range.start, "deleteCount": range.len(), "data": put_in});
        Ok(json!({"resultId": name, "edits": [edit]}))
    }

    /// The colours of a stretch.
    pub(super) fn tokens_within(&self, params: &SemanticTokensRangeParams) -> Result<Value, Refused> {
        let document = self.opened(&params.text_document.uri)?;
        Ok(json!({"data": self.coloured(document, self.bytes(document, params.range))}))
    }

    /// The colours of a document as told before and as they are now, which have a new name.
    fn coloured_anew(&mut self, wanted: &Uri) -> Result<(Option<Told>, String, Vec<u32>), Refused> {
        let document = self.opened(wanted)?;
        let numbers = self.coloured(document, 0..document.text.text.len());
        self.colourings += 1;
        let name = self.colourings.to_string();
        let told = Told { name: name.clone(), numbers: numbers.clone() };
        let before = self.documents.get_mut(&uri::name(wanted)).and_then(|document| document.colours.replace(told));
        Ok((before, name, numbers))
    }

    fn coloured(&self, document: &Document, within: Range<usize>) -> Vec<u32> {
        let colours = self.seen(document, |view| view.colours(within));
        let mut numbers: Vec<u32> = Vec::with_capacity(colours.len() * EACH);
        let (mut line, mut column) = (0, 0);
        for (bytes, colour) in colours {
            let text = document.text.text.get(bytes.clone()).unwrap_or_default();
            let length = self.client.encoding.length(text);
            let start = document.text.lines.position(&document.text.text, bytes.start, self.client.encoding);
            let from = if start.line == line { column } else { 0 };
            numbers.extend([start.line - line, start.character - from, length, number(colour), 0]);
            (line, column) = (start.line, start.character);
        }
        numbers
    }
}

/// The one stretch of `before` that is to be replaced, and what by, in whole words.
fn changed<'n>(before: &[u32], now: &'n [u32]) -> (Range<usize>, &'n [u32]) {
    let alike = |pairs: &mut dyn Iterator<Item = (&[u32], &[u32])>| pairs.take_while(|(a, b)| a == b).count() * EACH;
    let first = alike(&mut before.chunks(EACH).zip(now.chunks(EACH)));
    let (rest, put_in) = (before.get(first..).unwrap_or_default(), now.get(first..).unwrap_or_default());
    let last = alike(&mut rest.rchunks(EACH).zip(put_in.rchunks(EACH)));
    (first..before.len() - last, put_in.get(..put_in.len() - last).unwrap_or_default())
}
