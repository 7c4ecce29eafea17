// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QJsonValue>
#include <QtWidgets/QDialog>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace Sojourn::Inspector {

/// A long value, or one of several lines, on a page of its own. Text is edited as text, unless a text field would change it: then
/// as JSON, like all other values.
class ValueDialog final : public QDialog
{
    Q_OBJECT
public:
    /// Writes a value; returns why it cannot, or nothing.
    using Write = std::function<QString(const QJsonValue &)>;

    /// \a present is the value in the store, \a shown what editing begins with.
    ValueDialog(const QString &path, const QJsonValue &present, const QJsonValue &shown, Write write, QWidget *parent = nullptr);

    /// Escape and the window's own button ask once more where something was typed.
    void reject() override;

private:
    [[nodiscard]] QString text() const;
    void check();
    void save();
    void say(const QString &text);

    QJsonValue m_present;
    Write m_write;
    bool m_asJson;
    bool m_asked = false;
    QString m_before;
    QPlainTextEdit *m_text;
    QLabel *m_status;
    QPushButton *m_save;
};

} // namespace Sojourn::Inspector
