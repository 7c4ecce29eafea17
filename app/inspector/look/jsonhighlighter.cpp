// SPDX-License-Identifier: MIT
#include "jsonhighlighter.h"

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

void JsonHighlighter::highlightBlock(const QString &text)
{
    static constexpr qsizetype LongestLine = 10'000; // colours make longer ones slow to type in
    if (text.size() > LongestLine)
        return;
    static const QRegularExpression token(uR"(("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|\b(true|false|null)\b)"_s);
    for (auto it = token.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
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
