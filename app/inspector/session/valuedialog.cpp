// SPDX-License-Identifier: MIT
#include "valuedialog.h"

#include "look/announce.h"
#include "look/exacttext.h"
#include "look/foreigntext.h"
#include "look/format.h"

#include <Sojourn/SessionData>
#include <Sojourn/jsonrules.h>

#include <QtGui/QFontDatabase>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

ValueDialog::ValueDialog(const QString &path, const QJsonValue &present, const QJsonValue &shown, Write write, QWidget *parent)
    : QDialog(parent),
      m_present(present),
      m_write(std::move(write)),
      m_asJson(!shown.isString() || !ExactText::canHold(shown.toString()))
{
    setObjectName("valuePage"_L1);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Edit %1").arg(Foreign::line(path)));
    resize(640, 420);
    m_text = new QPlainTextEdit;
    m_text->setAccessibleName(windowTitle());
    m_text->setTabChangesFocus(true);
    if (m_asJson)
        m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setPlainText(m_asJson ? ExactText::escaped(QString::fromUtf8(encodeJson(shown))) : shown.toString());
    m_before = shown == present ? text() : QString();
    m_status = Foreign::makeLabel(m_asJson ? tr("This value is written as JSON: text in quotes, with escapes.") : QString());
    m_status->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(tr("&Save"), QDialogButtonBox::AcceptRole);
    m_save->setObjectName("save"_L1);
    m_save->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_save->setToolTip(tr("Writes this value (%1)").arg(m_save->shortcut().toString(QKeySequence::NativeText)));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_status);
    layout->addWidget(buttons);
    connect(m_text, &QPlainTextEdit::textChanged, this, &ValueDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &ValueDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &ValueDialog::reject);
    check();
}

QString ValueDialog::text() const
{
    return ExactText::textOf(*m_text);
}

void ValueDialog::check()
{
    m_asked = false;
    m_save->setEnabled(text() != m_before);
}

void ValueDialog::say(const QString &text)
{
    m_status->setText(text);
    announce(m_status, text);
}

void ValueDialog::save()
{
    QJsonValue value = text();
    if (m_asJson) {
        const Result<QJsonValue> typed = readJsonValue(text().toUtf8());
        if (!typed)
            return say(Format::error(typed.error()));
        value = *typed;
    }
    if (value == m_present)
        return done(Accepted);
    if (const QString why = m_write(value); !why.isEmpty())
        return say(why);
    done(Accepted);
}

void ValueDialog::reject()
{
    if (text() == m_before || std::exchange(m_asked, true))
        return QDialog::reject();
    say(tr("What you typed is not saved. Save it, or cancel once more to drop it."));
}

} // namespace Sojourn::Inspector
