// Sends focus to the error summary when a form came back with problems.
export function start(summary) {
  summary.focus();
}
