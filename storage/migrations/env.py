"""Run by Alembic. :mod:`storage.migrations.upgrading` hands over the connection and its transaction."""

from alembic import context

from storage import batch_models, national_models, result_models  # noqa: F401  they add their tables to the base
from storage.figures import models as figure_models  # noqa: F401
from storage.models import Base
from storage.trace import models as trace_models  # noqa: F401

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
