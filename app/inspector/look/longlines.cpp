// SPDX-License-Identifier: MIT
#include "longlines.h"

#include <QtGui/QTextBlock>
#include <QtGui/QTextCursor>
#include <QtGui/QTextDocument>

#include <algorithm>

namespace Sojourn::Inspector::LongLines {

static constexpr int LongestLine = 10'000, Piece = 1000, LongestPiece = 2000; // characters
static constexpr int Continues = QTextFormat::UserProperty + 1;

namespace {

struct Break
{
    int position;
    bool inString;
};

/// Appends the places where the line of \a block is to be broken.
void findBreaks(const QTextBlock &block, bool inString, QList<Break> &breaks)
{
    const QString line = block.text();
    qsizetype from = 0;
    bool escaped = false;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        // Behind a comma or bracket once the piece is long enough; inside of a string that is longer still between two letters.
        if (inString && !escaped && i - from >= LongestPiece && !c.isLowSurrogate() && !c.isMark()) {
            breaks.append({block.position() + int(i), true});
            from = i;
        }
        if (escaped)
            escaped = false;
        else if (inString && c == u'\\')
            escaped = true;
        else if (c == u'"')
            inString = !inString;
        else if (!inString && (c == u',' || c == u'[' || c == u'{') && i + 1 - from > Piece && i + 1 < line.size()) {
            from = i + 1;
            breaks.append({block.position() + int(from), false});
        }
    }
}

/// Whether a string is open where \a block begins, whose line goes on from the lines before.
bool beginsInString(const QTextBlock &block)
{
    QTextBlock first = block;
    while (continuesString(first) && first.previous().isValid())
        first = first.previous();
    bool inString = false;
    for (; first != block; first = first.next()) {
        const QString line = first.text();
        for (qsizetype i = 0; i < line.size(); ++i) {
            if (inString && line.at(i) == u'\\')
                ++i;
            else if (line.at(i) == u'"')
                inString = !inString;
        }
    }
    return inString;
}

} // namespace

void breakIn(QTextDocument &document)
{
    QList<Break> breaks;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (block.length() > LongestLine)
            findBreaks(block, beginsInString(block), breaks);
    }
    if (breaks.isEmpty())
        return;
    QTextCursor cursor(&document);
    cursor.joinPreviousEditBlock();
    for (qsizetype i = breaks.size(); i-- > 0;) { // from the end, so that the places stay true
        cursor.setPosition(breaks[i].position);
        QTextBlockFormat format;
        if (breaks[i].inString)
            format.setProperty(Continues, true);
        cursor.insertBlock(format);
    }
    cursor.endEditBlock();
}

QString text(const QTextDocument &document)
{
    QString text;
    text.reserve(document.characterCount());
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (block.position() > 0 && !continuesString(block))
            text += u'\n';
        text += block.text();
    }
    return text;
}

int positionOf(const QTextDocument &document, qsizetype position)
{
    qsizetype breaks = 0;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        breaks += continuesString(block);
        if (position + breaks < block.position() + block.length())
            break;
    }
    return int(std::min<qsizetype>(position + breaks, document.characterCount() - 1));
}

bool continuesString(const QTextBlock &block)
{
    return block.blockFormat().boolProperty(Continues);
}

} // namespace Sojourn::Inspector::LongLines
