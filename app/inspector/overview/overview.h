// SPDX-License-Identifier: MIT
#pragma once

#include "store/openstore.h"
#include "survey.h"

#include <QtWidgets/QWidget>

#include <tuple>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace Sojourn::Inspector {

/// Bars over time. A click, or Return on the bar that the arrow keys chose, tells its range.
class Histogram final : public QWidget
{
    Q_OBJECT
public:
    Histogram(const QString &title, bool clickable, QWidget *parent = nullptr);

    /// Marks the bars between \a from and \a until; none where these are equal.
    void mark(TimePoint from, TimePoint until);
    /// The last bar may reach further than the others, up to \a until.
    void setBars(const QList<qint64> &bars, TimePoint from, std::chrono::milliseconds step, TimePoint until, TimePoint now);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void rangeChosen(Sojourn::TimePoint from, Sojourn::TimePoint until);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool hasRest() const;
    QRectF columnOf(int bar) const;
    QRectF plot() const;
    int barAt(const QPointF &at) const;
    void choose(int bar);
    TimePoint endOf(int bar) const;
    QString label(int bar) const;

    QString m_title;
    QList<qint64> m_bars;
    TimePoint m_from{}, m_until{}, m_now{};
    std::chrono::milliseconds m_step{};
    bool m_clickable;
    int m_current = -1;
    TimePoint m_markedFrom{}, m_markedUntil{};
};

/// What is in a store, at a glance.
class Overview final : public QWidget
{
    Q_OBJECT
public:
    explicit Overview(QWidget *parent = nullptr);

    /// What was counted of a store stays until it is counted again: only its first look reads the whole store.
    void setStore(OpenStore *store);
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
    void show(const Survey::Findings &findings);
    void showRates();

    [[nodiscard]] Survey *survey() const { return m_surveys.value(m_store).get(); }

    QPointer<OpenStore> m_store;
    QHash<const QObject *, std::shared_ptr<Survey>> m_surveys; ///< by store
    std::tuple<std::optional<QString>, QString, std::optional<std::pair<TimePoint, TimePoint>>> m_filter; ///< that is marked
    Histogram *m_deadlines, *m_creations, *m_rates;
    QTreeWidget *m_users, *m_sizes, *m_attributes;
    QLabel *m_summary;
    QPushButton *m_refresh;
    QTimer m_second;
};

} // namespace Sojourn::Inspector
