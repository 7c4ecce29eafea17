// SPDX-License-Identifier: MIT
#include "jsonhighlighter.h"

#include "longlines.h"
#include "theme.h"

#include <QtCore/QRegularExpression>
#include <QtGui/QTextDocument>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

void JsonHighlighter::setErrorPosition(int position)
{
    if (position == m_errorPosition)
        return;
    const int before = std::exchange(m_errorPosition, position);
    for (const int at : {before, position}) {
        if (at >= 0)
            rehighlightBlock(document()->findBlock(std::min(at, document()->characterCount() - 1)));
    }
}

enum { Outside, InString };

/// Behind the quotation mark that ends the string at \a from; behind the end of \a text if none does.
static qsizetype behindString(const QString &text, qsizetype from)
{
    while (from < text.size() && text.at(from) != u'"')
        from += text.at(from) == u'\\' ? 2 : 1;
    return from + 1;
}

/// Where the string begins that is open at the end of \a text, or its end.
static qsizetype openString(const QString &text, qsizetype from)
{
    while (from < text.size()) {
        const qsizetype begin = text.indexOf(u'"', from);
        if (begin < 0)
            break;
        from = behindString(text, begin + 1);
        if (from > text.size())
            return begin;
    }
    return text.size();
}

void JsonHighlighter::highlightBlock(const QString &text)
{
    static constexpr qsizetype LongestLine = 10'000; // colours make longer ones slow to type in
    if (text.size() > LongestLine)
        return;
    static const QRegularExpression token(uR"(("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b)"_s);
    const bool goesOn = LongLines::continuesString(currentBlock().next());
    const qsizetype from = previousBlockState() == InString ? behindString(text, 0) : 0;
    const qsizetype until = goesOn ? openString(text, from) : text.size();
    setFormat(0, int(std::min(from, text.size())), Theme::colour(Theme::Colour::JsonString));
    setFormat(int(until), int(text.size() - until), Theme::colour(Theme::Colour::JsonString));
    setCurrentBlockState(goesOn && (until < text.size() || from > text.size()) ? InString : Outside);
    for (auto it = token.globalMatch(text, std::min(from, text.size())); it.hasNext();) {
        const auto match = it.next();
        if (match.capturedStart() >= until)
            break;
        const auto colour = match.capturedLength(2) ? Theme::Colour::JsonName
                          : match.capturedLength(1) ? Theme::Colour::JsonString
                          : match.capturedLength(3) ? Theme::Colour::JsonNumber
                                                    : Theme::Colour::JsonKeyword;
        const int group = match.capturedLength(1) ? 1 : 0;
        setFormat(int(match.capturedStart(group)), int(match.capturedLength(group)), Theme::colour(colour));
    }
    const int error = m_errorPosition - currentBlock().position();
    if (m_errorPosition >= 0 && error >= 0 && error <= text.size()) {
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(Theme::colour(Theme::Colour::Bad));
        setFormat(std::max(0, std::min(error, int(text.size()) - 1)), 1, format);
    }
}

} // namespace Sojourn::Inspector
