// SPDX-License-Identifier: MIT
#include "rotationbar.h"

#include "edit/storeeditor.h"
#include "look/announce.h"
#include "look/foreigntext.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

RotationBar::RotationBar(QWidget *parent) : QFrame(parent)
{
    setObjectName("rotationBar"_L1);
    setFrameShape(StyledPanel);
    m_text = Foreign::makeLabel();
    m_text->setObjectName("rotationCounts"_L1);
    m_text->setWordWrap(true);
    m_text->setToolTip(tr("A visitor collects the fresh id with the next request."));
    m_show = new QPushButton(tr("Show waiting"));
    m_show->setObjectName("showWaiting"_L1);
    m_revoke = new QPushButton;
    m_revoke->setObjectName("revokeWaiting"_L1);
    auto *close = new QPushButton(tr("Close"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 6, 4);
    layout->addWidget(m_text, 1);
    for (QPushButton *button : {m_show, m_revoke, close})
        layout->addWidget(button);
    connect(m_show, &QPushButton::clicked, this, &RotationBar::showWaitingWanted);
    connect(m_revoke, &QPushButton::clicked, this, [this] { Q_EMIT revokeWanted(waiting()); });
    connect(close, &QPushButton::clicked, this, &RotationBar::close);
    hide();
}

void RotationBar::note(const SessionRecord &now, const Edit &edit)
{
    const bool isAskedHere = edit.change.rotateRequested.value_or(false);
    if (now.rotateRequested && (isAskedHere || m_waiting.contains(now.key)))
        m_waiting.insert(now.key, now);
    else if (m_waiting.remove(now.key) == 0)
        return;
    showCounts();
}

void RotationBar::handleEvent(const SessionEvent &event)
{
    if (event.type == SessionEvent::Rotated && event.oldKey && m_waiting.remove(*event.oldKey) > 0)
        ++m_collected;
    else if (event.isEnd() && m_waiting.remove(event.key) > 0)
        ++m_ended;
    else
        return;
    showCounts();
}

void RotationBar::setWritable(bool writable)
{
    m_writable = writable;
    m_revoke->setEnabled(writable);
}

/// What is asked for from now on is counted anew.
void RotationBar::close()
{
    m_waiting.clear();
    m_collected = m_ended = 0;
    hide();
}

void RotationBar::showCounts()
{
    const int waiting = int(m_waiting.size()), asked = waiting + m_collected + m_ended;
    QString text = tr("Rotation: %Ln asked", nullptr, asked) + tr(", %Ln collected", nullptr, m_collected)
                 + tr(", %Ln waiting", nullptr, waiting);
    if (m_ended > 0)
        text += tr(", %Ln ended", nullptr, m_ended);
    const bool isFirst = isHidden(), isDone = waiting == 0 && asked > 0 && !m_show->isHidden();
    m_text->setText(text);
    if (asked > 0 && (isFirst || isDone))
        announce(m_text, text);
    m_show->setVisible(waiting > 0);
    m_revoke->setVisible(waiting > 0);
    m_revoke->setEnabled(m_writable);
    m_revoke->setText(tr("Revoke the %Ln waiting", nullptr, waiting));
    setVisible(asked > 0);
}

} // namespace Sojourn::Inspector
