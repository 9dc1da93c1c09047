"""The judge alone, for a plan made elsewhere."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import ConfigDict

from tus_dispatch.api.body import large_body, read_shape
from tus_dispatch.api.documents import operation
from tus_dispatch.api.query import Query, read_query
from tus_dispatch.api.services import services_of
from tus_dispatch.api.v1.schemas.base import Answer
