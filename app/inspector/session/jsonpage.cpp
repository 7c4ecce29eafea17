// SPDX-License-Identifier: MIT
#include "jsonpage.h"

#include "look/announce.h"
#include "look/exacttext.h"
#include "look/foreigntext.h"
#include "look/format.h"
#include "look/jsonhighlighter.h"
#include "look/longlines.h"
#include "look/theme.h"

#include <Sojourn/jsonrules.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtGui/QFontDatabase>
#include <QtGui/QKeyEvent>
#include <QtGui/QTextBlock>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTextEdit>

using namespace std::chrono_literals;

namespace Sojourn::Inspector {

static constexpr int QuicklyChecked = 100'000; // characters

JsonPage::JsonPage(QWidget *parent) : QWidget(parent)
{
    m_text = new QPlainTextEdit;
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setTabChangesFocus(true);
    m_text->setAccessibleName(tr("Attributes as JSON"));
    m_text->installEventFilter(this);
    m_highlighter = new JsonHighlighter(m_text->document());
    m_status = Foreign::makeLabel();
    m_status->setWordWrap(true);
    m_apply = new QPushButton(tr("&Apply"));
    m_apply->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_apply->setToolTip(tr("Writes what differs (%1)").arg(m_apply->shortcut().toString(QKeySequence::NativeText)));
    m_revert = new QPushButton(tr("&Revert"));
    connect(m_text, &QPlainTextEdit::textChanged, this, &JsonPage::noteTyping);
    m_checkTimer.setSingleShot(true);
    m_checkTimer.setInterval(300ms);
    connect(&m_checkTimer, &QTimer::timeout, this, &JsonPage::check);
    connect(m_apply, &QPushButton::clicked, this, &JsonPage::write);
    connect(m_revert, &QPushButton::clicked, this, &JsonPage::revert);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_text, 1);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_status, 1);
    foot->addWidget(m_revert);
    foot->addWidget(m_apply);
    layout->addLayout(foot);
}

void JsonPage::setAttributes(const QJsonObject &attributes)
{
    m_attributes = attributes;
    if (!m_edited)
        show(m_attributes);
}

void JsonPage::setSecretsShown(bool shown)
{
    m_secretsShown = shown;
    if (!m_edited)
        show(m_attributes);
    else if (!shown)
        hideTyped();
    else if (m_covered)
        setText(*std::exchange(m_covered, {}));
    setWritable(m_writable);
}

/// What was typed while secrets were shown has them too. Text that cannot be read is put away until they are shown again.
void JsonPage::hideTyped()
{
    if (m_covered)
        return;
    const Result<QJsonValue> typed = readJsonValue(text().toUtf8(), MaxJsonDepth + 1);
    const auto whole = typed && typed->isObject() ? m_hidden.reveal(*typed) : std::nullopt;
    if (whole) {
        const QJsonValue masked = m_hidden.hide(*whole, m_attributes, false);
        if (masked != *typed)
            setText(textOf(masked.toObject()));
    } else if (m_mayShowSecrets) {
        m_covered = text();
        setText({});
    }
}

void JsonPage::setText(const QString &text)
{
    {
        const QSignalBlocker blocker(m_text);
        m_text->setUndoRedoEnabled(false); // the breaks are no step that anybody took
        m_text->setPlainText(text);
        LongLines::breakIn(*m_text->document());
        m_text->setUndoRedoEnabled(true);
        m_highlighter->rehighlight();
    }
    check();
}

QString JsonPage::textOf(const QJsonObject &shown)
{
    return ExactText::escaped(QString::fromUtf8(QJsonDocument(shown).toJson()));
}

void JsonPage::edit(const QJsonObject &edited)
{
    show(edited);
    setEdited(true);
    check();
}

void JsonPage::setWritable(bool writable)
{
    m_writable = writable;
    m_text->setReadOnly(!writable || m_covered);
    check();
}

void JsonPage::setStatus(const QString &text)
{
    m_status->setText(text);
    announce(m_status, text);
}

QString JsonPage::text() const
{
    return m_covered.value_or(LongLines::text(*m_text->document()));
}

void JsonPage::restore(const Draft &draft)
{
    m_hidden = draft.hidden;
    m_mayShowSecrets = draft.mayShowSecrets || m_secretsShown;
    m_covered.reset();
    setText(draft.text);
    setEdited(true);
    if (!m_secretsShown)
        hideTyped();
    setWritable(m_writable);
}

/// Changed colours (palette, fault) are not typing.
void JsonPage::noteTyping()
{
    if (!m_edited && text() == m_shownText)
        return;
    {
        const QSignalBlocker blocker(m_text);
        LongLines::breakIn(*m_text->document());
    }
    setEdited(true);
    if (m_text->document()->characterCount() > QuicklyChecked)
        m_checkTimer.start();
    else
        check();
}

void JsonPage::revert()
{
    show(m_attributes);
    setEdited(false);
    setWritable(m_writable);
}

void JsonPage::setEdited(bool edited)
{
    if (std::exchange(m_edited, edited) != edited)
        Q_EMIT editedChanged();
}

void JsonPage::show(const QJsonObject &attributes)
{
    m_covered.reset();
    m_mayShowSecrets = m_secretsShown;
    m_shownText = textOf(m_hidden.hide(attributes, m_attributes, m_secretsShown).toObject());
    if (m_shownText != text())
        setText(m_shownText);
    else
        check();
}

/// Checks whether what was typed can be written, and marks the fault if not.
void JsonPage::check()
{
    m_checkTimer.stop();
    if (m_covered) {
        m_text->setExtraSelections({});
        m_apply->setEnabled(false);
        m_revert->setEnabled(true);
        m_status->setText(
            tr("What you typed is hidden, as secrets may be in it. Press “Show secrets” on the page “Attributes” to go on."));
        return;
    }
    QJsonParseError error;
    const QByteArray text = this->text().toUtf8();
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    const bool good = error.error == QJsonParseError::NoError && document.isObject();
    const Result<QJsonValue> kept = good && m_edited ? readJsonValue(text, MaxJsonDepth + 1) : Result<QJsonValue>();
    const int position = good ? -1
                              : LongLines::positionOf(*m_text->document(), QString::fromUtf8(text.left(error.offset)).size());
    {
        const QSignalBlocker blocker(m_text);
        m_highlighter->setErrorPosition(position);
    }
    QList<QTextEdit::ExtraSelection> faults;
    if (position >= 0 && m_edited) { // the line, so that it is found at a glance
        QTextEdit::ExtraSelection line;
        QColor tint = Theme::colour(Theme::Colour::Bad);
        tint.setAlphaF(0.16f);
        line.format.setBackground(tint);
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        line.cursor = QTextCursor(m_text->document());
        line.cursor.setPosition(position);
        faults << line;
    }
    m_text->setExtraSelections(faults);
    m_apply->setEnabled(good && kept && m_edited && m_writable);
    m_revert->setEnabled(m_edited);
    if (!m_edited) {
        m_status->clear();
    } else if (good) {
        m_status->setText(kept ? tr("Not applied yet.") : Format::error(kept.error()));
    } else {
        const QTextBlock block = m_text->document()->findBlock(position);
        m_status->setText(tr("Line %1, column %2: %3")
                              .arg(block.blockNumber() + 1)
                              .arg(position - block.position() + 1)
                              .arg(document.isNull() ? error.errorString() : tr("the attributes must be one object")));
    }
}

/// Only what differs is written: what others change meanwhile elsewhere stays theirs.
void JsonPage::write()
{
    // Masks may stand there from before secrets were shown.
    const Result<QJsonValue> typed = readJsonValue(text().toUtf8(), MaxJsonDepth + 1);
    if (!typed)
        return check();
    const auto whole = m_hidden.reveal(*typed);
    if (!whole) {
        setStatus(tr("Values that are hidden have moved. Press “Show secrets” on the page “Attributes”, then edit again."));
        return;
    }
    const QJsonObject wanted = whole->toObject();
    SessionChange change;
    int count = 0;
    for (auto it = wanted.begin(); it != wanted.end(); ++it) {
        if (m_attributes.value(it.key()) != it.value()) {
            change.set(it.key().toUtf8(), encodeJson(it.value()));
            ++count;
        }
    }
    for (auto it = m_attributes.begin(); it != m_attributes.end(); ++it) {
        if (!wanted.contains(it.key())) {
            change.remove(it.key().toUtf8());
            ++count;
        }
    }
    if (count)
        Q_EMIT changeWanted(change, count);
    else
        revert();
}

/// Escape leaves what was typed, as it leaves an edit in the tree.
bool JsonPage::eventFilter(QObject *watched, QEvent *event)
{
    const bool key = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (watched != m_text || !key || !m_edited || static_cast<QKeyEvent *>(event)->key() != Qt::Key_Escape)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // else it would be the window's
        return true;
    }
    m_revert->click();
    return true;
}

void JsonPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter)
        m_highlighter->rehighlight();
}

} // namespace Sojourn::Inspector
