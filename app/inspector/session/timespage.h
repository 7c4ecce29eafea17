// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtWidgets/QScrollArea>

class QFormLayout;
class QLabel;
class QPushButton;

namespace Sojourn::Inspector {

/// When a session began, was seen last and ends, and whose visit it is.
class TimesPage final : public QScrollArea
{
    Q_OBJECT
public:
    explicit TimesPage(QWidget *parent = nullptr);

    /// To be called once a second: some of them count down.
    void showTimes(const SessionInfo &session, TimePoint now);
    void setWritable(bool writable);

Q_SIGNALS:
    void expiryWanted();
    void expireNowWanted();

private:
    QFormLayout *m_form;
    QList<QLabel *> m_labels;
    QPushButton *m_setExpiry, *m_expireNow;
};

} // namespace Sojourn::Inspector
