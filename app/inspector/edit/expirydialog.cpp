// SPDX-License-Identifier: MIT
#include "expirydialog.h"

#include "look/foreigntext.h"
#include "look/format.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QDateTimeEdit>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QSpinBox>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Sojourn::Inspector {

ExpiryDialog::ExpiryDialog(const std::optional<SessionInfo> &session, int count, TimePoint now, QWidget *parent)
    : QDialog(parent), m_session(session), m_now(now)
{
    setWindowTitle(tr("Set expiry"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *title = Foreign::makeLabel(session ? tr("Session %1 ends").arg(Format::shortKey(session->key))
                                             : tr("%Ln sessions end", nullptr, count));
    m_idle = new QRadioButton(tr("after &inactivity of"));
    m_amount = new QSpinBox;
    m_amount->setRange(1, 100'000);
    m_amount->setValue(30);
    m_amount->setAccessibleName(tr("Idle time"));
    m_unit = new QComboBox;
    m_unit->addItem(tr("seconds"), 1);
    m_unit->addItem(tr("minutes"), 60);
    m_unit->addItem(tr("hours"), 3600);
    m_unit->addItem(tr("days"), 86400);
    m_unit->setCurrentIndex(1);
    m_unit->setAccessibleName(tr("Unit of the idle time"));
    m_fixed = new QRadioButton(tr("&at"));
    const auto policy = session ? session->expiry : std::nullopt;
    const bool isFixed = policy && policy->kind() == Expiry::Kind::AtDateTime;
    m_deadline = new QDateTimeEdit(toDateTime(session ? session->expiresAt + (isFixed ? 0h : 1h) : now + 1h).toLocalTime());
    m_deadline->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss"_s);
    m_deadline->setCalendarPopup(true);
    m_deadline->setAccessibleName(tr("Deadline"));
    m_sessionEnd = new QRadioButton(tr("when the &browser closes"));
    m_default = new QRadioButton(tr("as the a&pplication decides"));
    m_preview = Foreign::makeLabel();
    m_preview->setWordWrap(true);

    // What it has now, or for many the most likely.
    (!session || isFixed ? m_fixed : policy ? m_sessionEnd : m_default)->setChecked(true);
    if (policy && policy->kind() == Expiry::Kind::OnInactivity) {
        m_idle->setChecked(true);
        const qint64 seconds = policy->idle().count() / 1000;
        const int unit = seconds % 86400 == 0 ? 3 : seconds % 3600 == 0 ? 2 : seconds % 60 == 0 ? 1 : 0;
        m_unit->setCurrentIndex(unit);
        m_amount->setValue(int(std::clamp<qint64>(seconds / m_unit->currentData().toInt(), 1, 100'000)));
    }

    auto *layout = new QGridLayout(this);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel,
                                         this); // a child at once, or the default button would not stay so
    buttons
        ->addButton(count == 1 ? tr("Set &expiry") : tr("Set &expiry of %Ln sessions", nullptr, count),
                    QDialogButtonBox::AcceptRole)
        ->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    layout->addWidget(title, 0, 0, 1, 3);
    layout->addWidget(m_idle, 1, 0);
    layout->addWidget(m_amount, 1, 1);
    layout->addWidget(m_unit, 1, 2);
    layout->addWidget(m_fixed, 2, 0);
    layout->addWidget(m_deadline, 2, 1);
    QLabel *zone = Foreign::makeLabel();
    zone->setObjectName("zone"_L1);
    layout->addWidget(zone, 2, 2);
    // Of the moment that is chosen: it may be in summer time and now not.
    const auto showZone = [this, zone] { zone->setText(m_deadline->dateTime().timeZoneAbbreviation()); };
    connect(m_deadline, &QDateTimeEdit::dateTimeChanged, zone, showZone);
    showZone();
    layout->addWidget(m_sessionEnd, 3, 0, 1, 3);
    layout->addWidget(m_default, 4, 0, 1, 3);
    layout->addWidget(m_preview, 5, 0, 1, 3);
    layout->setRowStretch(6, 1);
    layout->addWidget(buttons, 7, 0, 1, 3);
    layout->setColumnMinimumWidth(1, 140);

    for (QRadioButton *button : {m_idle, m_fixed, m_sessionEnd, m_default})
        connect(button, &QRadioButton::toggled, this, &ExpiryDialog::showPreview);
    connect(m_amount, &QSpinBox::valueChanged, m_idle, [this] {
        m_idle->setChecked(true);
        showPreview();
    });
    connect(m_unit, &QComboBox::activated, m_idle, [this] {
        m_idle->setChecked(true);
        showPreview();
    });
    connect(m_deadline, &QDateTimeEdit::dateTimeChanged, m_fixed, [this] {
        m_fixed->setChecked(true);
        showPreview();
    });
    showPreview();
}

std::optional<Expiry> ExpiryDialog::expiry() const
{
    if (m_idle->isChecked())
        return Expiry::onInactivity(std::chrono::seconds(qint64(m_amount->value()) * m_unit->currentData().toInt()));
    if (m_fixed->isChecked())
        return Expiry::atDateTime(m_deadline->dateTime().toUTC());
    if (m_sessionEnd->isChecked())
        return Expiry::onSessionEnd();
    return {};
}

QString ExpiryDialog::preview() const
{
    return m_preview->text();
}

/// Whether what is chosen ends the session before \a latest, whatever its visitor does.
bool ExpiryDialog::endsBefore(TimePoint latest) const
{
    const auto chosen = expiry();
    return chosen && chosen->kind() == Expiry::Kind::AtDateTime && chosen->deadline() <= latest;
}

void ExpiryDialog::showPreview()
{
    const auto chosen = expiry();
    if (chosen && chosen->kind() == Expiry::Kind::AtDateTime && chosen->deadline() <= m_now)
        m_preview->setText(tr("This moment has passed: the session ends at once."));
    else if (m_session && m_session->absoluteExpiresAt && !endsBefore(*m_session->absoluteExpiresAt))
        m_preview->setText(tr("It ends at %1 at the latest: that is the absolute end of its life.")
                               .arg(Format::exact(*m_session->absoluteExpiresAt)));
    else if (chosen && chosen->kind() == Expiry::Kind::AtDateTime)
        m_preview->setText(tr("Requests of the visitor do not move this deadline."));
    else if (chosen && chosen->kind() == Expiry::Kind::OnInactivity)
        m_preview->setText(tr("Each request of the visitor moves the deadline."));
    else
        m_preview->setText(tr("The idle time of the application holds from the visitor's next request on."));
}

} // namespace Sojourn::Inspector
