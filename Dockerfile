# The image of web, worker, scheduler and setup; docker-compose.yml says which runs what.

FROM python:3.11-slim AS build
# torch's usual build for Linux brings gigabytes of CUDA; this index has the one for CPUs. For a GPU:
# --build-arg TORCH_INDEX=https://download.pytorch.org/whl/cu128
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
# Before the code, so that a change of the code installs nothing again.
COPY requirements.txt /build/
RUN pip install --no-cache-dir --extra-index-url "$TORCH_INDEX" -r /build/requirements.txt


FROM python:3.11-slim
# The letters of invoices, beyond those of western Europe.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin vitrine \
    && install -d -o vitrine -g vitrine /data /data/media /data/models /data/exchange
COPY --from=build /venv /venv
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=shop.settings \
    STATIC_ROOT=/app/collected \
    MEDIA_ROOT=/data/media \
    EXCHANGE_ROOT=/data/exchange \
    MODEL_CACHE=/data/models \
    HF_HOME=/data/models/hub
COPY manage.py ./
COPY gunicorn.conf.py ./
COPY models/ models/
COPY templates/ templates/
COPY static/ static/
COPY locale/ locale/
COPY shop/ shop/
COPY search/ search/
# Settings ask for an address and a key; collecting files uses neither, and neither stays.
RUN DATABASE_URL=postgres://none@localhost/none REDIS_URL=redis://localhost SECRET_KEY=unused \
    python manage.py collectstatic --noinput
USER vitrine
EXPOSE 8000
CMD ["gunicorn", "shop.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", \
     "--worker-tmp-dir", "/dev/shm", "--max-requests", "20000", "--max-requests-jitter", "2000"]
