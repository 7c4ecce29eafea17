// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

class QLabel;
class QWidget;

/// Text that somebody else chose (users, names of attributes, values, paths, reports of a store) on its way to the screen. It is
/// never HTML, makes no shortcuts, does not turn the text around it and does not push anything aside.
namespace Sojourn::Inspector::Foreign {

/// \a text in one line of at most \a most characters, with the middle left out where it is longer. What is not seen but steers
/// becomes visible. For a place of its own, as a cell of a table is.
[[nodiscard]] QString cell(const QString &text, qsizetype most = 60);
/// The same beside other text, which what is written from right to left does not turn.
[[nodiscard]] QString line(const QString &text, qsizetype most = 60);
/// \a sentence with words that no window has room for shortened in the middle.
[[nodiscard]] QString sentence(const QString &sentence);
/// \a text for buttons, menus and tabs, where a single & would make a shortcut.
[[nodiscard]] QString withoutShortcut(QString text);
/// The beginning of \a text as a tool tip that shows it letter by letter, whatever it looks like, and wraps it.
[[nodiscard]] QString toolTip(const QString &text);

/// A label that shows \a text as it is, never as HTML.
[[nodiscard]] QLabel *makeLabel(const QString &text = {});
/// The same, in bold: the title of a question.
[[nodiscard]] QLabel *makeTitle(const QString &text = {});
/// Makes the labels that Qt itself put into \a dialog (message boxes, input dialogs) show plain text.
void showPlainly(QWidget *dialog);

} // namespace Sojourn::Inspector::Foreign
