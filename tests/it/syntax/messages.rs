//! The wording of the most common messages, as people see them.

use eligc::diag::render;
use eligc::source::SourceMap;
use eligc::syntax::parse;

fn rendered(text: &str) -> String {
    let mut sources = SourceMap::new();
    let file = sources.add("trial.elig", text.to_owned());
    let diagnostics = parse(file, text).diagnostics;
    format!("{}---\n{}", render::human(&diagnostics, &sources, false), render::short(&diagnostics, &sources))
}

macro_rules! message {
    ($($name:ident: $source:expr;)*) => {
        $(#[test]
        fn $name() {
            insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../snapshots", omit_expression => true }, {
                insta::assert_snapshot!(concat!("syntax_", stringify!($name)), rendered($source));
            });
        })*
    };
}

message! {
    misspelt_statement: "requre [I7] sledai2k >= 8\n";
    include_for_require: "include [I7] sledai2k >= 8\n";
    no_statement: "sledai2k >= 8\n";
    single_equals: "require [I7] sledai2k = 8\n";
    arrow: "require [I7] sledai2k => 8\n";
    ampersands: "require [I7] sledai2k >= 8 && ana is positive\n";
    thousands_comma: "require [I11] platelets >= 20,000 /uL\n";
    decimal_comma: "require [I13] total_bilirubin < 2,5 mg/dL\n";
    missing_value: "require [I7] sledai2k >=\nexclude [E9] prior car_t\n";
    missing_comma: "exclude [E7] any of {\n  stroke within 6 months before screening\n  tia within 6 months before screening,\n}\n";
    missing_brace: "exclude [E7] any of {\n  stroke,\n  tia\n\nrequire [I7] sledai2k >= 8\n";
    unclosed_text: "exclude [E18] judged \"Poor compliance\nrequire [I7] sledai2k >= 8\n";
    extra_bracket: "require [I7] (sledai2k >= 8))\n";
    comma_between_conditions: "require [I11] anc >= 1000 /uL, alc >= 100 /uL\n";
    two_comparisons: "require [I2] 18 years <= age <= 70 years\n";
    no_subject: "require [I5] pga >= 1 and <= 2\n";
    number_without_brackets: "require I7 sledai2k >= 8\n";
    capitals: "require [I7] sledai2k >= 8 AND ana is positive\n";
    misspelt_keyword: "exclude [E9] stroke witin 6 months before screening\n";
    number_word: "exclude [E9] stroke within six months before screening\n";
    full_width: "require [I7] （sledai2k ＞＝ 8）\n";
    curly_quotes: "exclude [E18] judged “Poor compliance”\n";
    unknown_type: "fact sledai2k: number 0..105\n";
    misspelt_modifier: "fact alt: quantity [U/L] posible 0..10000 uln\n";
    prior_to: "exclude [E9] stroke within 6 months prior to screening\n";
    no_direction: "exclude [E9] stroke more than 6 months\n";
    too_deep: concat!(
        "require ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((a",
        "))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))\n",
    );
    bare_verdict: "example \"on the bound\" { sledai2k: 7 } expect eligible\n";
    text_for_condition: "exclude [E18] \"Poor compliance\"\n";
}
