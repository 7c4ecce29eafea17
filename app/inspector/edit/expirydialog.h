// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionRecord>

#include <QtWidgets/QDialog>

class QDateTimeEdit;
class QLabel;
class QRadioButton;
class QSpinBox;
class QComboBox;

namespace Sojourn::Inspector {

/// Asks when a session, or several, shall end.
class ExpiryDialog final : public QDialog
{
    Q_OBJECT
public:
    /// \a session shows the present state; without one the question is about many.
    ExpiryDialog(const std::optional<SessionInfo> &session, int count, TimePoint now, QWidget *parent = nullptr);

    /// What was chosen: a policy, or none for that of the application.
    [[nodiscard]] std::optional<Expiry> expiry() const;
    /// What the choice means, as a sentence.
    [[nodiscard]] QString preview() const;

private:
    void showPreview();
    [[nodiscard]] bool endsBefore(TimePoint latest) const;

    std::optional<SessionInfo> m_session;
    TimePoint m_now;
    QRadioButton *m_idle, *m_fixed, *m_sessionEnd, *m_default;
    QSpinBox *m_amount;
    QComboBox *m_unit;
    QDateTimeEdit *m_deadline;
    QLabel *m_preview;
};

} // namespace Sojourn::Inspector
