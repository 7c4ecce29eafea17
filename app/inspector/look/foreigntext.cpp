// SPDX-License-Identifier: MIT
#include "foreigntext.h"

#include "steering.h"

#include <QtCore/QTextBoundaryFinder>
#include <QtGui/QTextDocument>
#include <QtWidgets/QLabel>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector::Foreign {

static constexpr qsizetype LongestWord = 60, LongestToolTip = 2000;
static constexpr char16_t FirstStrongIsolate = 0x2068, PopIsolate = 0x2069;

/// One name must not look like another. Latin letters have no need of joiners.
static QString withVisibleControls(const QString &text)
{
    constexpr char32_t lastLatin = 0x2ff;
    const auto characters = text.toUcs4();
    QString visible;
    visible.reserve(text.size());
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const char32_t c = characters[i];
        const bool joins = i > 0 && i + 1 < characters.size() && characters[i - 1] > lastLatin && characters[i + 1] > lastLatin;
        if (c < 0x20)
            visible += QChar(char16_t(0x2400 + c)); // "␊"
        else if (steers(c) || (isJoiner(c) && !joins))
            visible += QChar(QChar::ReplacementCharacter);
        else
            visible += QChar::fromUcs4(c);
    }
    return visible;
}

/// \a text without its middle, cut between characters as people see them.
static QString elided(const QString &text, qsizetype most)
{
    if (text.size() <= most)
        return text;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    const auto boundary = [&finder](qsizetype at) {
        finder.setPosition(at);
        return finder.isAtBoundary() ? at : std::max<qsizetype>(0, finder.toPreviousBoundary());
    };
    const qsizetype head = boundary((most - 1) * 2 / 3), tail = boundary(text.size() - (most - 1) / 3);
    return text.first(head) + u'…' + text.sliced(std::max(head, tail));
}

/// Whether \a text has anything that is not written from left to right.
static bool turns(QStringView text)
{
    for (QStringView rest = text; !rest.isEmpty();) {
        const bool pair = rest.size() > 1 && rest[0].isHighSurrogate() && rest[1].isLowSurrogate();
        const char32_t c = pair ? QChar::surrogateToUcs4(rest[0], rest[1]) : rest[0].unicode();
        rest = rest.sliced(pair ? 2 : 1);
        switch (QChar::direction(c)) {
        case QChar::DirR:
        case QChar::DirAL:
        case QChar::DirAN:
        case QChar::DirLRE:
        case QChar::DirLRO:
        case QChar::DirRLE:
        case QChar::DirRLO:
        case QChar::DirPDF:
        case QChar::DirLRI:
        case QChar::DirRLI:
        case QChar::DirFSI:
        case QChar::DirPDI:
            return true;
        default:
            break;
        }
    }
    return false;
}

/// \a text in an isolate that nothing inside can end.
static QString isolated(const QString &text)
{
    if (!turns(text))
        return text;
    QString whole(1, QChar(FirstStrongIsolate));
    int open = 1;
    for (const QChar c : text) {
        const bool begins = c.unicode() >= 0x2066 && c.unicode() <= FirstStrongIsolate;
        const bool ends = c.unicode() == PopIsolate;
        if (ends && open == 1)
            continue;
        open += begins ? 1 : ends ? -1 : 0;
        whole += c;
    }
    return whole + QString(open, QChar(PopIsolate));
}

QString cell(const QString &text, qsizetype most)
{
    return withVisibleControls(elided(text, most));
}

QString line(const QString &text, qsizetype most)
{
    return isolated(cell(text, most));
}

QString sentence(const QString &sentence)
{
    if (sentence.size() <= LongestWord)
        return sentence;
    QStringList words = sentence.split(u' ');
    for (QString &word : words)
        word = elided(word, LongestWord);
    return words.join(u' ');
}

QString withoutShortcut(QString text)
{
    return text.replace(u'&', u"&&"_s);
}

QString toolTip(const QString &text)
{
    static constexpr qsizetype Wide = 80; // from there on it is wrapped
    if (text.isEmpty() || (text.size() <= Wide && !Qt::mightBeRichText(text)))
        return isolated(text);
    const QString shown = text.size() > LongestToolTip ? text.first(LongestToolTip) + u'…' : text;
    return u"<p style=\"white-space:pre-wrap; overflow-wrap:anywhere\">%1</p>"_s.arg(isolated(shown).toHtmlEscaped());
}

QLabel *makeLabel(const QString &text)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QLabel *makeTitle(const QString &text)
{
    QLabel *label = makeLabel(text);
    QFont font = label->font();
    font.setBold(true);
    label->setFont(font);
    label->setWordWrap(true);
    return label;
}

void showPlainly(QWidget *dialog)
{
    const QList<QLabel *> labels = dialog->findChildren<QLabel *>();
    for (QLabel *label : labels) {
        label->setTextFormat(Qt::PlainText);
        if (label->objectName() != "qt_msgbox_label"_L1 || !dialog->findChild<QLabel *>(u"qt_msgbox_informativelabel"_s))
            continue;
        QFont font = label->font(); // the question stands above what is to be known about it
        font.setBold(true);
        label->setFont(font);
    }
}

} // namespace Sojourn::Inspector::Foreign
