;;; session.el --- A session as an author has it -*- lexical-binding: t; -*-

;;; Commentary:

;; In the trial that is open: a mistake typed and seen, hover, completion, definition, rename, format on save.
;; Ends Emacs with 0 when all went well, else prints what did not and ends with 1.

;;; Code:

(require 'cl-lib)
(require 'eglot)

(defvar session-done nil)

(defun session-expect (step condition &optional seen)
  "Wait until CONDITION holds, which shows STEP; SEEN says what there is instead."
  (let ((limit (+ (float-time) 30)) value)
    (while (not (or (setq value (funcall condition)) (> (float-time) limit)))
      (accept-process-output nil 0.05))
    (unless value (error "%s; seen: %S" step (and seen (funcall seen))))
    (push step session-done)
    value))

(defun session-tell ()
  "Send what was typed, which eglot does when Emacs is idle; a batch never is."
  (eglot--signal-textDocument/didChange)
  (flymake-start))

(defun session-mistakes ()
  "The line and the text of each mistake shown."
  (mapcar (lambda (one) (cons (line-number-at-pos (flymake-diagnostic-beg one)) (flymake-diagnostic-text one)))
          (flymake-diagnostics)))

(defun session-go (text)
  "Put point on the first TEXT."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun session-run ()
  "The steps."
  (let ((trial (current-buffer)))
    ;; eglot connects behind the next command; a batch has none.
    (run-hooks 'post-command-hook)
    (session-expect "the server is attached" #'eglot-current-server)
    (session-expect "the trial has the language elig" (lambda () (eq major-mode 'elig-mode)))
    ;; A wide sign before the mistake.
    (goto-char (point-max))
    (let ((end (point)))
      (insert "\nrequire [Z1] hemoglobin ≥ 9 g/dL and hemoglobim < 200 g/L\n")
      (session-expect
       "the mistake is seen at its place"
       (lambda ()
         (session-tell)
         (let ((found (session-mistakes)))
           (and (= (length found) 1)
                (string-match-p "hemoglobim" (cdar found))
                (string= (buffer-substring (flymake-diagnostic-beg (car (flymake-diagnostics)))
                                           (flymake-diagnostic-end (car (flymake-diagnostics))))
                         "hemoglobim"))))
       #'session-mistakes)
      (delete-region end (point-max)))
    (session-expect "it goes with the line" (lambda () (session-tell) (null (session-mistakes))) #'session-mistakes)
    (session-go "hemoglobin < ")
    (session-expect
     "hover says what a fact is"
     (lambda ()
       (string-match-p "g/L" (format "%S" (jsonrpc-request (eglot-current-server) :textDocument/hover
                                                           (eglot--TextDocumentPositionParams))))))
    (goto-char (point-max))
    (let ((end (point)))
      (insert "\nexclude [Z2] hemogl")
      (session-expect
       "completion offers the fact"
       (lambda ()
         (let ((found (run-hook-with-args-until-success 'completion-at-point-functions)))
           (member "hemoglobin" (mapcar #'substring-no-properties
                                        (all-completions "hemogl" (nth 2 found)))))))
      (delete-region end (point-max)))
    (session-go "hemoglobin < ")
    (xref-find-definitions (substring-no-properties (thing-at-point 'symbol)))
    (session-expect "definition leads into the shipped vocabulary"
                    (lambda () (and (string-match-p "sle\\.elig" (buffer-name))
                                    (save-excursion (beginning-of-line) (looking-at "fact hemoglobin"))))
                    (lambda () (list (buffer-name) (thing-at-point 'line t))))
    (switch-to-buffer trial)
    (session-tell)
    (session-go "pregnant_by_test")
    (eglot-rename "test_counts")
    (session-expect "rename changes every use"
                    (lambda () (and (string-match-p "define test_counts" (buffer-string))
                                    (not (string-match-p "pregnant_by_test" (buffer-string))))))
    (session-go "hemoglobin < ")
    (search-forward " ")
    (insert "   ")
    (save-buffer)
    (session-expect "formatted and saved"
                    (lambda ()
                      (and (not (buffer-modified-p))
                           (with-temp-buffer
                             (insert-file-contents (buffer-file-name trial))
                             (and (search-forward "hemoglobin < 60 g/L" nil t)
                                  (goto-char (point-min))
                                  (search-forward "define test_counts" nil t)))))
                    (lambda () (thing-at-point 'line t)))))

(condition-case problem
    (progn
      (session-run)
      (message "passed: %s" (mapconcat #'identity (reverse session-done) ", "))
      (kill-emacs 0))
  (error
   (message "FAILED behind \"%s\": %s" (or (car session-done) "the start") (error-message-string problem))
   (kill-emacs 1)))

;;; session.el ends here
