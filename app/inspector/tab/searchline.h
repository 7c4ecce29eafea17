// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SearchExpression>

#include <QtWidgets/QLineEdit>

class QCompleter;

namespace Sojourn::Inspector {

/// The line in which sessions are looked for. It completes words, names and users, remembers what was looked for before (Up and
/// Down), marks what it cannot read, and puts a key in place of a cookie at once.
class SearchLine final : public QLineEdit
{
    Q_OBJECT
public:
    explicit SearchLine(QWidget *parent = nullptr);

    /// What can be completed: names of attributes, and users.
    void setAttributeNames(const QStringList &names) { m_names = names; }
    [[nodiscard]] const QStringList &attributeNames() const { return m_names; }
    void setUsers(const QStringList &users) { m_users = users; }
    /// Underlines what is wrong; nothing takes the line away.
    void markFault(const std::optional<SearchExpression::Fault> &fault);
    /// What stands in the line can be called back from now on.
    void remember();

Q_SIGNALS:
    /// The keyboard came here: names and users are wanted soon.
    void entered();

protected:
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void replaceCookies();
    void complete();
    void insertCompletion(const QString &chosen);
    void callBack(qsizetype at);
    [[nodiscard]] qsizetype beginOfTerm() const;

    QCompleter *m_completer;
    QStringList m_names, m_users;
    QStringList m_history; ///< the last first
    qsizetype m_called = -1;
};

} // namespace Sojourn::Inspector
