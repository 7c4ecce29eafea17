// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>
#include <Sojourn/diff.h>

#include <QtWidgets/QDialog>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTreeWidget;

namespace Sojourn::Inspector {

/// Two sessions side by side.
class CompareSessionsDialog final : public QDialog
{
    Q_OBJECT
public:
    CompareSessionsDialog(const SessionRecord &left, const SessionRecord &right, QWidget *parent = nullptr);
};

/// Two stores (or snapshots) side by side: which sessions were added, removed, changed, and how.
class CompareStoresDialog final : public QDialog
{
    Q_OBJECT
public:
    struct Side
    {
        QString name;
        std::shared_ptr<SessionStore> store;
    };

    CompareStoresDialog(const QList<Side> &sides, QWidget *parent = nullptr);
    ~CompareStoresDialog() override;

    void chooseSides(int before, int after);
    void compare();

private:
    void add(const SessionDifference &difference);
    void finish(const Result<DiffSummary> &result);
    void showDetails();

    QList<Side> m_sides;
    QComboBox *m_before, *m_after;
    QStringList m_compared; ///< the names of the sides whose differences are shown
    QPushButton *m_start;
    QProgressBar *m_progress;
    QLabel *m_summary;
    QTreeWidget *m_list, *m_details;
    QList<SessionDifference> m_differences;
    QMap<QString, int> m_appeared, m_vanished; ///< attributes, by sessions that both sides have
    qint64 m_grown = 0;                        ///< bytes, of the same sessions
    StopSource m_stop;
    bool m_running = false;
};

} // namespace Sojourn::Inspector
