// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

class QPlainTextEdit;

/// Text fields that give back what was put in: toPlainText() makes spaces and line breaks of several other characters.
namespace Sojourn::Inspector::ExactText {

/// The text of \a edit with U+00A0 and U+2028 as they are.
[[nodiscard]] QString textOf(const QPlainTextEdit &edit);
/// Whether a text field can hold \a text and give it back.
[[nodiscard]] bool canHold(const QString &text);
/// \a json with JSON escapes in place of characters that no text field gives back, that look like others, or that turn the text
/// behind them round.
[[nodiscard]] QString escaped(const QString &json);

} // namespace Sojourn::Inspector::ExactText
