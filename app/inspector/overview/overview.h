// SPDX-License-Identifier: MIT
#pragma once

#include "store/openstore.h"
#include "storestatistics.h"

#include <QtWidgets/QWidget>

#include <tuple>

class QLabel;
class QPushButton;
class QTabWidget;
class QTreeWidget;

namespace Sojourn::Inspector {

class Dashboard;
class Histogram;
class Trends;

/// What is in a store and what becomes of it, at a glance.
class Overview final : public QWidget
{
    Q_OBJECT
public:
    explicit Overview(QWidget *parent = nullptr);

    /// What was counted of a store stays until it is counted again: only its first look reads the whole store.
    void setStore(OpenStore *store);
    /// What was counted of \a store is not needed any more: it has gone to another window.
    void forget(OpenStore *store);
    /// Counts anew.
    void start();
    /// Marks what the table is filtered by, and nothing else.
    void showFilter(const std::optional<QString> &user, const QString &text,
                    const std::optional<std::pair<TimePoint, TimePoint>> &deadlines);

Q_SIGNALS:
    void deadlinesChosen(Sojourn::TimePoint from, Sojourn::TimePoint until);
    void userChosen(const QString &user);
    void sessionChosen(const Sojourn::SessionKey &key);
    void attributeChosen(const QString &name);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeContents();
    void show(const StoreStatistics::Findings &findings);
    void showRates();
    void markFilter();

    [[nodiscard]] StoreStatistics *statistics() const { return m_statistics.value(m_store).get(); }

    QPointer<OpenStore> m_store;
    QHash<const QObject *, std::shared_ptr<StoreStatistics>> m_statistics; ///< by store
    std::tuple<std::optional<QString>, QString, std::optional<std::pair<TimePoint, TimePoint>>> m_filter; ///< that is marked
    QHash<const QObject *, std::shared_ptr<Trends>> m_trends; ///< by store
    QTabWidget *m_pages;
    Dashboard *m_dashboard;
    Histogram *m_deadlines, *m_creations, *m_rates;
    QTreeWidget *m_users, *m_sizes, *m_attributes;
    QLabel *m_summary;
    QPushButton *m_refresh;
    QTimer m_second;
};

} // namespace Sojourn::Inspector
