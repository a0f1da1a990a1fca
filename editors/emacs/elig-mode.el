;;; elig-mode.el --- Clinical-trial eligibility in .elig files -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Highlighting, comments and indentation for .elig files, and the language server for eglot and lsp-mode.

;;; Code:

(defgroup elig nil
  "Clinical-trial eligibility."
  :group 'languages)

(defcustom elig-program "eligc"
  "The compiler, which is also the language server."
  :type 'string
  :group 'elig)

(defvar elig-statement-words
  '("trial" "vocabulary" "use" "anchor" "define" "require" "exclude" "note" "example" "fact" "event" "condition"
    "drug" "group" "unit" "extend" "assert")
  "Words that begin a statement.")

(defvar elig-reserved-words
  '("and" "or" "not" "any" "all" "none" "of" "at" "least" "most" "exactly" "distinct" "prior" "current" "planned"
    "no" "latest" "highest" "lowest" "every" "within" "before" "after" "more" "than" "for" "lasting" "unless" "when"
    "except" "between" "is" "in" "judged" "todo" "by" "if" "then" "else" "like" "expect")
  "Words inside a statement that are never names.")

(defvar elig-other-words
  '("quantity" "score" "titre" "step" "one" "yes_no" "date" "possible" "plausible" "molar" "uln" "lln" "absent" "means"
    "equates" "bears" "on" "scale" "equivalent" "half_life" "timeless" "results" "source" "loinc" "snomed" "rxnorm" "atc" "omop" "ctcae" "as"
    "verdict" "class" "grade" "ordinal" "first" "last" "consecutive" "apart" "min" "max" "incomplete" "with" "gaps" "up" "to" "entry" "daily" "dose" "count")
  "Words that mean something in one place only.")

(defvar elig-font-lock-keywords
  `(("\\<\\(?:require\\|exclude\\|note\\|assert\\)\\s-+\\[\\([^]\n]+\\)\\]" 1 font-lock-constant-face)
    ("\\<\\(?:fact\\|event\\|condition\\|drug\\|group\\|extend\\|anchor\\|define\\)\\s-+\\([A-Za-z][A-Za-z0-9_]*\\)"
     1 font-lock-variable-name-face)
    ("\\<[A-Za-z][A-Za-z0-9_]*\\>\\(?:\\s-*\\):" . font-lock-variable-name-face)
    (,(regexp-opt elig-statement-words 'words) . font-lock-keyword-face)
    (,(regexp-opt elig-reserved-words 'words) . font-lock-builtin-face)
    (,(regexp-opt elig-other-words 'words) . font-lock-type-face)
    ("\\<[0-9][0-9_.]*" . font-lock-constant-face))
  "What is highlighted.")

(defvar elig-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?_ "w" table)
    (modify-syntax-entry ?{ "(}" table)
    (modify-syntax-entry ?} "){" table)
    table)
  "Comments, texts and words.")

(defun elig-indent-line ()
  "Indent by the depth of brackets."
  (let* ((column (save-excursion
                   (back-to-indentation)
                   (let ((depth (car (syntax-ppss (point)))))
                     (* 2 (max 0 (- depth (if (looking-at "[]})]") 1 0))))))))
    (save-excursion (indent-line-to column))
    (when (< (current-column) column) (move-to-column column))))

;;;###autoload
(define-derived-mode elig-mode prog-mode "elig"
  "Major mode for clinical-trial eligibility."
  (setq-local comment-start "# ")
  (setq-local comment-end "")
  (setq-local indent-line-function #'elig-indent-line)
  (setq-local font-lock-defaults '(elig-font-lock-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.elig\\'" . elig-mode))

(defvar eglot-server-programs)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons 'elig-mode (list elig-program "lsp"))))

(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(defvar lsp-language-id-configuration)
(with-eval-after-load 'lsp-mode
  (add-to-list 'lsp-language-id-configuration '(elig-mode . "elig"))
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection (lambda () (list elig-program "lsp")))
                    :major-modes '(elig-mode)
                    :server-id 'eligc)))

(provide 'elig-mode)
;;; elig-mode.el ends here
