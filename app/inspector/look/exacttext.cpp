// SPDX-License-Identifier: MIT
#include "exacttext.h"

#include <QtGui/QTextDocument>
#include <QtWidgets/QPlainTextEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector::ExactText {

/// What QTextDocument takes for something of its own.
static bool isSpecial(QChar c)
{
    switch (c.unicode()) {
    case QChar::Nbsp:
    case QChar::LineSeparator:
    case QChar::ParagraphSeparator:
    case QChar::ObjectReplacementCharacter:
    case 0xFDD0: // frames begin and end with these
    case 0xFDD1:
        return true;
    default:
        return false;
    }
}

/// What turns the text behind it round.
static bool isDirection(QChar c)
{
    return (c.unicode() >= 0x202A && c.unicode() <= 0x202E) || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
}

QString textOf(const QPlainTextEdit &edit)
{
    return edit.document()->toRawText().replace(QChar(QChar::ParagraphSeparator), u'\n');
}

bool canHold(const QString &text)
{
    return text.isValidUtf16() && std::none_of(text.begin(), text.end(), [](QChar c) {
               return isSpecial(c) || (c.category() == QChar::Other_Control && c != u'\n' && c != u'\t');
           });
}

QString escaped(const QString &json)
{
    const auto isEscaped = [](QChar c) { return isSpecial(c) || isDirection(c); };
    if (std::none_of(json.begin(), json.end(), isEscaped))
        return json;
    QString made;
    made.reserve(json.size());
    for (const QChar c : json) {
        if (isEscaped(c))
            made += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
        else
            made += c;
    }
    return made;
}

} // namespace Sojourn::Inspector::ExactText
