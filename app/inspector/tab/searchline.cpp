// SPDX-License-Identifier: MIT
#include "searchline.h"

#include "look/theme.h"

#include <QtCore/QStringListModel>
#include <QtGui/QInputMethodEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QTextCharFormat>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCompleter>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

static constexpr qsizetype HistoryLength = 50;

SearchLine::SearchLine(QWidget *parent) : QLineEdit(parent), m_completer(new QCompleter(new QStringListModel(this), this))
{
    setClearButtonEnabled(true);
    addAction(Theme::icon(u"find"_s), LeadingPosition);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &SearchLine::insertCompletion);
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_called = -1;
        replaceCookies();
        complete();
    });
}

/// A cookie is a secret: it must not stay on the screen, nor in what Ctrl+Z brings back.
void SearchLine::replaceCookies()
{
    if (const QString clean = SearchExpression::withoutCookies(text()); clean != text())
        setText(clean);
}

qsizetype SearchLine::beginOfTerm() const
{
    const QString before = text().first(cursorPosition());
    bool quoted = false;
    qsizetype begin = 0;
    for (qsizetype i = 0; i < before.size(); ++i) {
        if (quoted && before[i] == u'\\')
            ++i;
        else if (before[i] == u'"')
            quoted = !quoted;
        else if (before[i].isSpace() && !quoted)
            begin = i + 1;
    }
    return begin;
}

void SearchLine::complete()
{
    const qsizetype begin = beginOfTerm();
    const QString term = text().sliced(begin, cursorPosition() - begin);
    QStringList all;
    const auto add = [&all](const QStringList &words, const QString &before, const QString &after) {
        for (const QString &word : words)
            all << before + SearchExpression::quoted(word) + after;
    };
    if (term.startsWith("is:"_L1)) {
        add(SearchExpression::states(), u"is:"_s, {});
    } else if (term.startsWith("user:"_L1)) {
        add(m_users, u"user:"_s, {});
    } else if (term.startsWith("has:"_L1)) {
        add(m_names, u"has:"_s, {});
    } else {
        add(SearchExpression::words(), {}, {});
        add(m_names, {}, u"="_s);
        add(m_users, {}, {});
    }
    static_cast<QStringListModel *>(m_completer->model())->setStringList(all);
    m_completer->setCompletionPrefix(term);
    const bool isWhole = m_completer->completionCount() == 1 && m_completer->currentCompletion() == term;
    if (term.isEmpty() || m_completer->completionCount() == 0 || isWhole)
        return m_completer->popup()->hide();
    QRect place = cursorRect();
    place.setWidth(m_completer->popup()->sizeHintForColumn(0) + 2 * fontMetrics().averageCharWidth() + 30);
    place.moveLeft(std::max(0, place.left() - fontMetrics().horizontalAdvance(term)));
    place.setBottom(height());
    m_completer->complete(place);
}

void SearchLine::insertCompletion(const QString &chosen)
{
    const qsizetype begin = beginOfTerm();
    setSelection(int(begin), int(cursorPosition() - begin));
    const bool isDone = !chosen.endsWith(u':') && !chosen.endsWith(u'=') && !SearchExpression::words().contains(chosen);
    insert(isDone ? chosen + u' ' : chosen);
}

/// QLineEdit draws formats for input methods only.
void SearchLine::markFault(const std::optional<SearchExpression::Fault> &fault)
{
    QList<QInputMethodEvent::Attribute> marks;
    if (fault) {
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(Theme::colour(Theme::Colour::Bad));
        format.setForeground(Theme::colour(Theme::Colour::Bad));
        marks.append({QInputMethodEvent::TextFormat, int(fault->position) - cursorPosition(), int(fault->length), format});
    }
    QInputMethodEvent event({}, marks);
    QCoreApplication::sendEvent(this, &event);
}

void SearchLine::remember()
{
    const QString line = SearchExpression::withoutCookies(text()).trimmed();
    if (line.isEmpty())
        return;
    m_history.removeAll(line);
    m_history.prepend(line);
    m_history = m_history.first(std::min(m_history.size(), HistoryLength));
}

void SearchLine::callBack(qsizetype at)
{
    if (at < -1 || at >= m_history.size())
        return;
    m_called = at;
    setText(at < 0 ? QString() : m_history[at]);
}

void SearchLine::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    Q_EMIT entered();
}

void SearchLine::keyPressEvent(QKeyEvent *event)
{
    if (QAbstractItemView *list = m_completer->popup(); list->isVisible()) {
        const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        if (isReturn && !list->currentIndex().isValid())
            list->hide(); // nothing of it is wanted
        else if (isReturn || event->key() == Qt::Key_Escape || event->key() == Qt::Key_Tab)
            return event->ignore(); // the list takes it
    }
    if (event->key() == Qt::Key_Up)
        return callBack(m_called + 1);
    if (event->key() == Qt::Key_Down)
        return callBack(m_called - 1);
    QLineEdit::keyPressEvent(event);
}

} // namespace Sojourn::Inspector
