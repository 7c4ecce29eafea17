// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

class QTextBlock;
class QTextDocument;

/// JSON text with lines so long that every key typed in one would lay out all of it again, as of JSON that was pasted. They are
/// broken: between values, where a line break means nothing, and inside of strings, where it is none of the text.
namespace Sojourn::Inspector::LongLines {

/// Breaks the long lines of \a document, as one step of undo with what was typed.
void breakIn(QTextDocument &document);
/// The text without the breaks inside of strings. A line break that somebody types there is left out too: JSON has none.
[[nodiscard]] QString text(const QTextDocument &document);
/// Where character \a position of text() stands in the document.
[[nodiscard]] int positionOf(const QTextDocument &document, qsizetype position);
/// Whether a string of the line before goes on in \a block.
[[nodiscard]] bool continuesString(const QTextBlock &block);

} // namespace Sojourn::Inspector::LongLines
