// SPDX-License-Identifier: MIT
#include "timespage.h"

#include "look/foreigntext.h"
#include "look/format.h"

#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

TimesPage::TimesPage(QWidget *parent) : QScrollArea(parent) // so that ten lines do not say how low the window can be
{
    auto *page = new QWidget;
    m_form = new QFormLayout;
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (const QString &title :
         {tr("Created:"), tr("Last seen:"), tr("Ends:"), tr("Ends in:"), tr("Absolute end:"), tr("Expiry:"), tr("Id handed out:"),
          tr("Fresh id:"), tr("Version:"), tr("Size:"), tr("Visit:")}) {
        auto *label = Foreign::makeLabel();
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setWordWrap(true);
        m_form->addRow(Foreign::makeLabel(title), label);
        m_labels << label;
    }
    m_setExpiry = new QPushButton(tr("Set e&xpiry…"));
    m_expireNow = new QPushButton(tr("Expire &now"));
    connect(m_setExpiry, &QPushButton::clicked, this, &TimesPage::expiryWanted);
    connect(m_expireNow, &QPushButton::clicked, this, &TimesPage::expireNowWanted);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_setExpiry);
    buttons->addWidget(m_expireNow);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(page);
    layout->addLayout(m_form);
    layout->addSpacing(8);
    layout->addLayout(buttons);
    layout->addStretch();
    setWidget(page);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
}

void TimesPage::setWritable(bool writable)
{
    m_setExpiry->setEnabled(writable);
    m_expireNow->setEnabled(writable);
}

/// What is known of the visit, in a line.
static QString visitText(const VisitFacts &visit)
{
    QStringList parts = {visit.device(), visit.address,
                         visit.realm.isEmpty() ? QString() : TimesPage::tr("realm %1").arg(visit.realm)};
    parts.removeAll(QString());
    return parts.join(u", "_s);
}

void TimesPage::showTimes(const SessionInfo &session, TimePoint now)
{
    const VisitFacts visit = session.visitFacts();
    const QStringList texts = {Format::exact(session.createdAt),
                               u"%1 (%2)"_s.arg(Format::exact(session.lastSeenAt), Format::ago(session.lastSeenAt, now)),
                               Format::exact(session.expiresAt),
                               Format::countdown(session.expiresAt - now),
                               session.absoluteExpiresAt ? Format::exact(*session.absoluteExpiresAt) : tr("none"),
                               Format::expiry(session.expiry),
                               Format::exact(session.idIssuedAt),
                               session.rotateRequested ? tr("due on the visitor's next request") : tr("not asked for"),
                               Format::number(qint64(session.version)),
                               Format::bytes(session.size),
                               visitText(visit)};
    for (const auto &[label, at] :
         {std::pair(0, std::optional(session.createdAt)), std::pair(1, std::optional(session.lastSeenAt)),
          std::pair(2, std::optional(session.expiresAt)), std::pair(4, session.absoluteExpiresAt),
          std::pair(6, std::optional(session.idIssuedAt))})
        m_labels[label]->setToolTip(at ? Foreign::toolTip(Format::bothZones(*at)) : QString());
    for (int i = 0; i < texts.size(); ++i) {
        if (m_labels[i]->text() != texts[i])
            m_labels[i]->setText(texts[i]);
    }
    m_form->setRowVisible(m_labels.last(), !texts.last().isEmpty());
    m_labels.last()->setToolTip(Foreign::toolTip(visit.userAgent));
}

} // namespace Sojourn::Inspector
