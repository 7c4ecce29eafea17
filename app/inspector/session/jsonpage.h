// SPDX-License-Identifier: MIT
#pragma once

#include "look/hiddenvalues.h"

#include <Sojourn/SessionStore>

#include <QtCore/QJsonObject>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace Sojourn::Inspector {

class JsonHighlighter;

/// All attributes of a session as JSON text, with faults at their places. What is typed stays until it is written or taken back.
/// Characters that a text field would change (U+00A0, U+2028, ...) are shown as JSON escapes, so that they come back.
class JsonPage final : public QWidget
{
    Q_OBJECT
public:
    /// What was typed, and what the masks in it stand for.
    struct Draft
    {
        QString text;
        HiddenValues hidden;
        bool mayShowSecrets = false; ///< it was typed while they were shown
    };

    explicit JsonPage(QWidget *parent = nullptr);

    /// Shows \a attributes. What is being edited stays as it is, and is compared with these from now on.
    void setAttributes(const QJsonObject &attributes);
    /// Shows secrets, or masks them, in what is being edited too.
    void setSecretsShown(bool shown);
    /// Goes on with \a edited, as if it had been typed over the attributes.
    void edit(const QJsonObject &edited);
    void setWritable(bool writable);
    void setStatus(const QString &text);

    [[nodiscard]] bool isEdited() const { return m_edited; }
    [[nodiscard]] QString text() const;
    [[nodiscard]] Draft draft() const { return {text(), m_hidden, m_mayShowSecrets}; }
    /// Goes on with what was typed before.
    void restore(const Draft &draft);
    /// Takes back what was typed, or leaves it behind because it was written.
    void revert();

Q_SIGNALS:
    /// What was typed is to be written: what differs from the attributes, of that many of them.
    void changeWanted(const Sojourn::SessionChange &change, int attributes);
    void editedChanged();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show(const QJsonObject &attributes);
    void noteTyping();
    void hideTyped();
    void setText(const QString &text);
    [[nodiscard]] static QString textOf(const QJsonObject &shown);
    void check();
    void write();
    void setEdited(bool edited);

    QPlainTextEdit *m_text;
    JsonHighlighter *m_highlighter;
    QLabel *m_status;
    QPushButton *m_apply, *m_revert;
    QTimer m_checkTimer; ///< long text is checked once typing pauses
    QJsonObject m_attributes;
    HiddenValues m_hidden;
    QString m_shownText; ///< while nothing was typed
    std::optional<QString> m_covered; ///< what was typed, while it is not shown
    bool m_mayShowSecrets = false; ///< secrets were shown since the text was
    bool m_secretsShown = false;
    bool m_writable = false;
    bool m_edited = false;
};

} // namespace Sojourn::Inspector
