//! Files named by `use`: `E0205`.

use crate::diag::suggest::{nearest, suggesting};
use crate::diag::wording::choices;
use crate::diag::{Code, Diagnostic};
use crate::syntax::ast::{Name, Text};

pub(crate) fn unknown_vocabulary(name: &Name, shipped: &[&str]) -> Diagnostic {
    let near = nearest(&name.text, shipped.iter().copied(), 1);
    let diagnostic =
        Diagnostic::new(Code::E0205, name.span, format!("no vocabulary called `{}` is shipped", name.text))
            .label("unknown vocabulary")
            .note(format!("shipped: {}", choices(shipped.iter().copied())));
    suggesting(diagnostic, name.span, &near)
        .help(format!("for a file of your own write its path: `use \"./{}.elig\"`", name.text))
}

pub(crate) fn unreadable_vocabulary(path: &Text, why: &str) -> Diagnostic {
    Diagnostic::new(Code::E0205, path.span, format!("`{}` cannot be read", path.text))
        .label(why)
        .help("the path is taken from the folder of the file that uses it")
}

pub(crate) fn circular_use(path: &Text) -> Diagnostic {
    Diagnostic::new(Code::E0205, path.span, format!("`{}` uses itself", path.text))
        .label("leads back here")
        .help("remove one of the `use` lines of the circle")
}
